"""The words around a hit, and what they tell of whether it is meant."""
