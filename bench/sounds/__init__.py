"""Sounds that are made from formulas, for measurements and tests: noises of a line, music, keys of a telephone."""
