"""Calls that were only recorded for a while are listened to once they are over: the way of a replay."""
