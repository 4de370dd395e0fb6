"""The commands of `qa-monitor`, one file each: options in, a plain answer out. `cli.py` puts them together."""
