"""Records to the JSON shapes of `qa_monitor/schemas/`, file for file. Plain functions: no clock, no store."""
