"""A live call becomes utterances: telephony dialects, codecs, voice activity, segmentation, the shared engine.

Hands downstream the records of `streams.records`, and the words of `streams.consent` and `streams.health.call_health`.
Imports none of the other folders.
"""
