"""What is left out when the machine falls behind, in which order, and how it is made up for after the call."""
