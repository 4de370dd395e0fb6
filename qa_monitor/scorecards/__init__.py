"""Scorecards: what a call is asked once it is over, and what it earned. See docs/scorecards.md."""
