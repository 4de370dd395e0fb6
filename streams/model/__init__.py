"""The speech model: what it is shown, what it hears again, and which of its words are believed."""
