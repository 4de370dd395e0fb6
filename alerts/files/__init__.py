"""Rule files: read with their lines, checked, compiled into rules, and their examples tried."""
