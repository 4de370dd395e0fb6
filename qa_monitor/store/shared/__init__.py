"""What all rooms share: how rows and nested records are written, how queries are run, whose calls may be seen."""
