"""When what was heard was heard, and how long flags and texts took from there."""
