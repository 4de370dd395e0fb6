"""The sound of calls: files beside the database, each with its outline."""
