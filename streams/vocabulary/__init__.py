"""Names and products of a team, tried on the audio where something like them was heard."""
