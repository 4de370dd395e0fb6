"""What calls earned by scorecards."""
