"""How it was said: prosody, the customer's emotion against their own baseline, conversation dynamics.

Hands downstream the records of `sentiment.records`. The agent's voice is never scored: see `sentiment.policy`.
"""
