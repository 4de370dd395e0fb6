"""Phrases of rules where other words were recognised: proposed by sound, decided by what the audio says of them."""
