"""The rules in force: per tenant and team, versions kept, changed while calls go on, judged by coaches' verdicts."""
