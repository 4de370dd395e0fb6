"""What the rules remember of one call, and when what they look for has come true."""
