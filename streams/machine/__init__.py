"""Adapters to the machine: how many cores there are, threads of lower priority, small networks in one thread each."""
