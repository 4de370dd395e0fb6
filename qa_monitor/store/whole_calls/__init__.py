"""Calls with everything kept about them: read, brought in, erased."""
