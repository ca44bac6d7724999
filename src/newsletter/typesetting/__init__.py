"""Typesetting: the room that knows how WeasyPrint lays out, down to its private names."""
