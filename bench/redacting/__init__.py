"""Dialogues with made-up numbers, written or spoken, and what gets through of them."""
