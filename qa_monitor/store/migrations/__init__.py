"""Numbered steps from an empty database to the tables of `tables/schema.py`, run at start by `database/migrate.py`."""
