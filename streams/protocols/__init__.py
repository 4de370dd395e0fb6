"""Telephony dialects, one per file, none does I/O: feed messages, read events. `port.py` says what each offers."""
