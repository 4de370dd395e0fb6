"""The Twilio family: JSON text messages with base64 audio. One parser; what differs by vendor is in `dialects.py`."""
