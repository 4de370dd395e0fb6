"""Deleting a call wholly: its rows, its audio, and what is left as proof. `records.py` and `port.py` say what."""
