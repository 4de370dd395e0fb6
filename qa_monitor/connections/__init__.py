"""Adapter: uvicorn's connections, quicker for audio, and ended where the other side stays silent."""
