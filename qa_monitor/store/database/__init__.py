"""The file itself: connections, the one thread that writes, migrations run, copies, and the numbering of changes."""
