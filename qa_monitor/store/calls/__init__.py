"""A call: who was on it, what was said and heard, what the customer answered."""
