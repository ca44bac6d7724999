"""Reports of preflight: as text for a terminal, as data for programs, as a page to keep."""
