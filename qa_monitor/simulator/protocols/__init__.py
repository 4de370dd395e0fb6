"""What each telephony protocol sends for a call, written from the vendors' descriptions alone. Pure."""
