"""The pace of a call: when what of it came, was asked and became known; noted, kept and read again."""
