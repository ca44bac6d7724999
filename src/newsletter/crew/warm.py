"""What a process imports once, so that those forked from it need not.

Importing this module is what does it: the fork server is given names of modules, not functions.
Nothing is set in type here: Pango and fontconfig begin in each process anew.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os

MODULES = (
    "newsletter.register",
    "newsletter.commands.building",
    "weasyprint",
    "weasyprint.text.fonts",
    "pikepdf",
    "pypdfium2",
    "numpy",
    "PIL.Image",
    "PIL.ImageCms",
    "PIL.ImageChops",
    "PIL.ImageMath",
    "fontTools.ttLib",
    "rjieba",
    "yaml",
)

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a thread does not live through a fork
for name in MODULES:
    with contextlib.suppress(ImportError):  # said by the build that needs it
        importlib.import_module(name)
gc.freeze()
