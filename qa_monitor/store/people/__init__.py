"""Accounts, teams, who is logged in, and who listened to live calls."""
