"""The flag feed under load: a real service, two hundred consoles over real sockets, and what each of them showed."""
