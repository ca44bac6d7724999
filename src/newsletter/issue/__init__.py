"""The issue: its models, and the loader that reads them with every value's place."""
