"""What French names without meaning it: a file per kind, of the same name in both languages."""
