"""Events between the parts of the application: `port.py` says what is needed, `embedded.py` stays in this process."""
