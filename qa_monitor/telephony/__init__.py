"""How telephony comes in: settings, announced calls, tokens, admission, and who is connected."""
