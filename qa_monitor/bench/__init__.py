"""How many calls this machine can follow, and how late the text is: calls at real pace into a service of its own."""
