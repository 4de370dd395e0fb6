"""The forms one word may come in: contracted, inflected, as a number."""
