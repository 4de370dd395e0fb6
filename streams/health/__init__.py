"""How well a call is heard, and when it cannot be judged."""
