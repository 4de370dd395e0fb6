"""Card, account and telephone numbers, security codes, expiry dates and e-mail addresses in what is said.

Others use `RedactionScreen` of `screen`, and `hide_numbers` of `guesses`.
"""
