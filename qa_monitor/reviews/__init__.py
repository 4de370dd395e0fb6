"""The human side of review: who reviews which call, what the agent answers, blind calibration, and how far to trust."""
