"""The tables of the database, by noun. A change here comes with a migration beside it; a test compares the two."""
