"""Flags to other systems: an outbox beside the flags, and signed HTTP posts, at least once."""
