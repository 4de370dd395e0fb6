"""The audio of one call on its way to the store and to who listens, and what is put aside to be listened to later."""
