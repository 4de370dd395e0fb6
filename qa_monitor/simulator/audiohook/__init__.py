"""The client's side of an AudioHook session, without I/O: it also tells when the service breaks the protocol."""
