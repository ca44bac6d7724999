"""What a process imports once, so that those forked from it need not.

Importing this module is what does it: the fork server is given names of modules, not functions.
Nothing is set in type here: Pango's fonts and fontconfig begin in each process anew, with the
configuration that is written here once and taken away with the fork server. That ends when those
who asked have gone, whatever signals a terminal sends to all its processes.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal

MODULES = (
    "newsletter.register",
    "newsletter.commands.building",
    "weasyprint.text.fonts",
    "pikepdf",
    "pypdfium2",
    "numpy",
    "PIL.Image",
    "PIL.ImageCms",
    "PIL.ImageChops",
    "PIL.ImageMath",
    "fontTools.ttLib",
    "yaml",
)


def _warm() -> None:
    """Load the renderer as a build does, then all else; what is lacking a build will say."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a thread does not live through a fork
    with contextlib.suppress(ImportError, OSError):
        from newsletter.render import pango_version

        pango_version()
        for name in MODULES:
            importlib.import_module(name)
    gc.freeze()


_warm()
