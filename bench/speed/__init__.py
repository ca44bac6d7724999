"""Speed: what a build costs, beside the tools that somebody might take instead."""
