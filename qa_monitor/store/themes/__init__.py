"""What customers call about, counted across calls."""
