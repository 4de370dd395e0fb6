"""While rules are loaded, nothing is looked through for garbage."""

import gc
from threading import Event, Thread

import pytest

from keywords.collecting import collecting_later


def test_the_collector_waits_and_then_goes_on() -> None:
    with collecting_later():
        inside = gc.isenabled()

    assert not inside
    assert gc.isenabled()


def test_it_goes_on_after_a_failure() -> None:
    with pytest.raises(ValueError, match="a mistake"), collecting_later():
        raise ValueError("a mistake")

    assert gc.isenabled()


def test_it_waits_for_the_last_that_builds() -> None:
    """Several threads may load rules at once, and the first to be done leaves the others in peace."""
    begun, leave = Event(), Event()

    def build() -> None:
        with collecting_later():
            begun.set()
            leave.wait()

    other = Thread(target=build)
    other.start()
    begun.wait()
    with collecting_later():
        pass
    meanwhile = gc.isenabled()
    leave.set()
    other.join()

    assert not meanwhile
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collecting_later():
            pass
        afterwards = gc.isenabled()
    finally:
        gc.enable()

    assert not afterwards
