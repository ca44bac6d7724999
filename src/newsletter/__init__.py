"""A press for printed Chinese newsletters."""

__version__ = "0.1.0"
