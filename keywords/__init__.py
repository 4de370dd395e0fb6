"""What was said: phrases with negation, and card numbers to redact.

Hands downstream the records of `keywords.records`; others also use `PhraseSet`, `Matcher`, `WordRule`, `CardScreen` and
`mask_partial`. Imports from `streams` only.
"""
