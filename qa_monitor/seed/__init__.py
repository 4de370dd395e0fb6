"""Made-up calls, the same for the same seed: a year of a contact centre for tests, demonstrations and load.

`calls.made_calls` makes them and reads no clock, file or network; `run.seed` puts them into a data folder.
"""
