"""The files of the speech model: where they are, whether they are whole, and with only the pieces of two languages."""
