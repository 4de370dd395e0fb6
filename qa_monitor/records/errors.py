"""What a store could not do."""

from alerts.records import FlagId
from streams.records import CallId


class StoreError(Exception):
    """The store could not do what was asked. The message says what to do; the caller goes on without it."""


class CallExists(StoreError):
    """A call with this id was announced before."""

    def __init__(self, call_id: CallId) -> None:
        super().__init__(f"call {call_id} is already kept: give every call an id of its own")
        self.call_id = call_id


class TooLate(StoreError):
    """Nothing was done to this flag lately that could be taken back."""

    def __init__(self, flag_id: FlagId) -> None:
        super().__init__(f"nothing was done to flag {flag_id} lately that could be taken back")
        self.flag_id = flag_id


class NotKept(StoreError):
    """What was asked for is not in the store."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"no {what} {name} is kept")
        self.what = what
        self.name = name
