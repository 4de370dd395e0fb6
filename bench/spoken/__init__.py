"""Phrases spoken within running speech, over a telephone line: what `bench/keywords.py` measures."""
