"""Numbered steps from an empty database to the tables of `schema.py`, run at start by `migrate.py`."""
