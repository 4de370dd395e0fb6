"""Phrases as they are written, and where they are found in what was said."""
