"""Many calls on one server process, with the other side of them in a process beside it."""
