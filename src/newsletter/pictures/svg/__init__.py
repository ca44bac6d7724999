"""SVG: whether a drawing is one that the press draws, all of it, and nothing besides.

In: the file's bytes. Out: a `Drawing`: its size and everything that is wrong with it, each
with line and column. The file is parsed with expat only, within bounds; nothing is fetched.

Measured with WeasyPrint 70.0: `<image>` and `url()` in stylesheets reach for other files;
`<use>` of another file draws nothing and says nothing; the children of `<foreignObject>`,
of all branches of `<switch>` and of elements of foreign namespaces are drawn; `@import` makes
the picture disappear; filters are left out; a colour that cannot be read becomes black; a
length with an unknown unit becomes 0; a number that cannot be read stops the drawing halfway.
"""

from newsletter.pictures.svg.reader import Drawing, read

__all__ = ["Drawing", "read"]
