"""Recordings of calls that are over, brought in through the same way as live calls: for review, told to nobody."""
