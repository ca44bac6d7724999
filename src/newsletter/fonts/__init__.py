"""What a font family offers, which characters it has, and the CSS that names its files.

In: folders with ``<family>/family.yaml``. Out: families (`family`), gaps in their coverage for
a text (`coverage`), @font-face rules (`stylesheet`).
"""
