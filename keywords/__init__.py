"""What was said: phrases with negation, and numbers and addresses to mask.

Hands downstream the records of `keywords.records`; others also use `PhraseSet`, `Matcher`, `WordRule`, and of
`keywords.redaction` `RedactionScreen` and `hide_numbers`. Imports from `streams` only.
"""
