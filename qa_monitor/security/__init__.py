"""Who may come in: tokens made at first start, and the session a log-in page gives."""
