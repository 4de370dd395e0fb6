"""How far behind the service is, what is left out for it, and how missing text is made up for when there is room."""
