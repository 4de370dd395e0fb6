"""HTTP and websockets, one noun per file. Routes translate: what to do is decided elsewhere."""
