"""Benchmarks: what a build costs, next to the tool it stands on."""
