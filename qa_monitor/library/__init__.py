"""Kept calls, to be found again: listed by their facts, searched by their words, sampled for review."""
