"""Rules tried on calls that are over: what they would have told, how often, and what differs from those in force."""
