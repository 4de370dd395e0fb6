"""The parts of the service, built and connected; `app.py` says in which order."""
