"""When a key of a telephone can be heard, so that it can be silenced: never which."""
