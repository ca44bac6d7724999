"""Pictures: what a file that an issue names really is, and whether it can be printed.

In: a name from the YAML and the issue's folder. Out: a `PictureFile` that can be handed to
the press, and all that is wrong with it. Only JPEG, PNG and SVG are accepted. The content
decides, never the suffix, and nothing is decoded before its header has been judged.

Measured with WeasyPrint 70.0 and Pillow 13.0, and the reason for most rules here:
WeasyPrint drops a picture that it cannot read and goes on; it sets Pillow's
`LOAD_TRUNCATED_IMAGES` for the whole process, so that damaged pictures are printed with a
gray or black remainder; and it ignores ICC profiles.
"""

from newsletter.pictures.inspection import PictureFile, examine, inspect
from newsletter.pictures.location import locate
from newsletter.pictures.problem import Problem

__all__ = ["PictureFile", "Problem", "examine", "inspect", "locate"]
