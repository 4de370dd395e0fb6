"""A live call becomes utterances: telephony dialects, codecs, voice activity, segmentation, the shared engine.

Hands downstream the records of `streams.records`. Imports none of the other folders.
"""
