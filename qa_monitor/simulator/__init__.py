"""Plays recorded calls into the service as a telephony system would. `run.run_simulation` is the entry."""
