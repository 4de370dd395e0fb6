"""Themes: what customers call about, across calls: reasons, terms that grow, and surges. See `records.py`."""
