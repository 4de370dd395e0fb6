"""Tests, in the same folders as the code; beside them what several folders share."""
