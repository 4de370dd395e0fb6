"""Weeks of made-up calls with planted surges, searched by the product."""
