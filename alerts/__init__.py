"""What deserves a coach's attention: rules over what was said and heard, what is held back, and the life of a flag.

Others use `alerts.records`, `rulebook.load_rulebook`, `engine.CallWatch`, `policy.AlertPolicy` and `lifecycle`.
"""
