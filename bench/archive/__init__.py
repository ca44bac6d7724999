"""The archive's search and web site, measured on generated issues."""
