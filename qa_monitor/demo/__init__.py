"""Calls of our own making in French and English, what each must raise, and the command that plays them."""
