"""Luminance: how light a colour is, and how far two stand out from each other.

In: levels of sRGB from 0 to 1. Out: relative luminance, 0 to 1, and contrast ratios, 1 to 21
(WCAG 2.2, glossary).
"""

from __future__ import annotations


def linear(level: float) -> float:
    """Return what a level of sRGB gives of light, 0 to 1 (IEC 61966-2-1:1999, 5.2)."""
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def luminance(red: float, green: float, blue: float) -> float:
    """Return the relative luminance of a colour."""
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: float, other: float) -> float:
    """Return the contrast ratio of two colours of these luminances."""
    darker, lighter = sorted((one, other))
    return (lighter + 0.05) / (darker + 0.05)
