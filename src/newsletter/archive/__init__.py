"""The archive: every issue kept, found again, proven unchanged, and built again."""
