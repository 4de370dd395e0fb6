"""What each level of load leaves out of a call, and the speech that waits for it to be over. Pure."""
