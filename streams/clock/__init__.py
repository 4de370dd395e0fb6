"""When what was sent was spoken: order, gaps, and the clock of one call."""
