"""Flags: raised, on the desks of coaches, and what coaches say of them."""
