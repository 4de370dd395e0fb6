"""Sound that was recorded and is listened to later: which calls wait, and their sealed sound."""
