"""Preflight: what a finished file must fulfil, one rule a module."""
