"""The calls in progress: who begins, feeds, pauses and carries one on, and where its events go."""
