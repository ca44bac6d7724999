"""Composition: from a validated issue to a galley of HTML, stylesheets, fonts and pictures."""
