"""The drawings of the 2021 issue: run ``draw.py`` to write them all."""
