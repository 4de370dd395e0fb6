"""From sockets to dialects: bytes of one live connection in, what its dialect makes of them out."""
