"""The colours and line weights that every drawing of the issue shares."""

DEEP = "#17452f"
FOREST = "#2a6a4a"
JADE = "#5fa184"
PALE = "#bcd9c9"
MIST = "#e4efe8"
SAND = "#f1e8d6"
OCHRE = "#c48a2c"
STRAW = "#e6c98a"
INK = "#1d2622"
WHITE = "#ffffff"

# Tints: each lies half way between two neighbours above.
PINE = "#21583d"
MOSS = "#458667"
SAGE = "#8ebda7"
HAZE = "#d0e4d9"
CREAM = "#f8f4eb"
DUNE = "#ecd9b0"
CLAY = "#d5aa5b"

# Shades, for skin and wood: the ochre of the page's text, and half way from it to ink.
UMBER = "#8a5f14"
BARK = "#54431b"

FINE = 3.0
MID = 6.0
BOLD = 12.0

WIDE = (1600, 900)
PANORAMA = (1600, 656)
STRIP = (1600, 450)
BACK = (2160, 1530)
COVER = (2160, 3030)
EMBLEM = (200, 200)
