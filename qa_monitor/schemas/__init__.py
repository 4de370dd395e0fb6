"""The shapes of JSON that leave the service or come from its pages, one file per noun.

Ids and times keep the names of the records. `_s` is seconds: on the call's audio clock, or of wall time for latencies.
Shapes of one folder alone are in that folder's `schemas.py`. `qa_monitor/wire/` makes these from records.
"""
