"""Review: every page seen, what changed and why, who signed it off. Stands beside the line."""
