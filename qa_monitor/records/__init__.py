"""What is kept of calls, as all know it who work with kept calls: one noun per file, below every other folder."""
