"""The web site of the archive: a shelf of issues, read and searched without a server."""
