"""Genesys AudioHook, protocol version 2: `session.py` is the dialect, `signature.py` checks who may connect."""
