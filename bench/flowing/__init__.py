"""Generated calls of two channels whose flow is known, and how well it is heard."""
