"""Who waits for whom: deadlines, tries ahead of time, what comes later, and how late the engine says it is."""

import threading
from concurrent.futures import Future

import pytest

from streams.engine.batching import Kind
from streams.engine.engine import EngineFull, Overtaken, Pass, TooLate
from streams.engine.job_queue import LATER_PLACES
from tests.streams.engine.busy_engine import HandClock, a_busy_engine, an_engine
from tests.streams.scripted import PATIENCE_S, ScriptedModel, a_window


def test_a_partial_that_waited_too_long_is_dropped() -> None:
    """It would show what was said long ago; a final has more time."""
    model, clock = ScriptedModel(), HandClock()
    with a_busy_engine(model, clock=clock) as (engine, _):
        partial = engine.submit(a_window(mark=2), Kind.PARTIAL)
        final = engine.submit(a_window(mark=3), Kind.FINAL)
        clock.now_s += 2.5
        assert engine.load().oldest_s == 2.5
        model.let()

        assert isinstance(partial.exception(PATIENCE_S), Overtaken)
        assert final.result(PATIENCE_S).recognised.text == "3.0"
        assert model.batches == [[1], [3]]


def test_a_final_older_than_its_deadline_is_given_up() -> None:
    """It is not transcribed late: whoever asked is told, and the engine turns to what can still be in time."""
    model, clock = ScriptedModel(), HandClock()
    with a_busy_engine(model, clock=clock) as (engine, _):
        hasty = engine.submit(a_window(mark=2), Kind.FINAL, deadline_s=1.0)
        final = engine.submit(a_window(mark=3), Kind.FINAL)
        clock.now_s += 1.5
        engine.load()
        assert isinstance(hasty.exception(0), TooLate)
        clock.now_s += 6.0
        newer = engine.submit(a_window(mark=4), Kind.FINAL)
        clock.now_s += 0.6
        model.let()

        assert isinstance(final.exception(PATIENCE_S), TooLate)
        assert newer.result(PATIENCE_S).recognised.text == "4.0"
        assert model.batches == [[1], [4]]
        load = engine.load()
        assert (load.late, load.refused_finals) == (2, 0)
        assert load.age_p95_s == pytest.approx(8.1)


def test_whoever_is_told_may_ask_for_the_next_window_at_once() -> None:
    """Nobody is told while the engine is locked."""
    model, clock = ScriptedModel(), HandClock()
    asked: list[Future[Pass]] = []
    with a_busy_engine(model, clock=clock) as (engine, _):
        late = engine.submit(a_window(mark=2), Kind.FINAL)

        def ask_again(_: "Future[Pass]") -> None:
            thread = threading.Thread(target=lambda: asked.append(engine.submit(a_window(mark=3), Kind.LATER)))
            thread.start()
            thread.join(PATIENCE_S)

        late.add_done_callback(ask_again)
        clock.now_s += 9.0
        engine.submit(a_window(mark=4), Kind.FINAL)
        model.let()

        assert asked[0].result(PATIENCE_S).recognised.text == "3.0"


def test_an_early_window_waits_behind_finals_until_its_endpoint() -> None:
    """While the engine is busy a try costs nobody anything."""
    model = ScriptedModel()
    with a_busy_engine(model) as (engine, _):
        given_up = engine.submit(a_window(mark=2), Kind.EARLY)
        early = engine.submit(a_window(mark=3), Kind.EARLY)
        tried = engine.submit(a_window(mark=4), Kind.EARLY)
        final = engine.submit(a_window(mark=5), Kind.FINAL)
        assert given_up.cancel()
        assert not engine.promote(given_up)
        assert engine.promote(early)
        model.let()

        for future in (early, tried, final):
            future.result(PATIENCE_S)
        assert model.batches == [[1], [3, 5], [4]]


def test_an_early_window_that_has_begun_or_ended_is_as_good_as_a_final() -> None:
    """There is nothing left to promote."""
    model = ScriptedModel()
    with an_engine(model) as engine:
        early = engine.submit(a_window(mark=2), Kind.EARLY)
        model.wait_until_busy()
        assert engine.promote(early)
        model.let()
        early.result(PATIENCE_S)

        assert engine.promote(early)


def test_an_early_window_that_made_room_has_to_be_asked_for_again() -> None:
    """The engine says so."""
    with a_busy_engine(ScriptedModel(), queue_size=1) as (engine, _):
        early = engine.submit(a_window(), Kind.EARLY)
        engine.submit(a_window(), Kind.FINAL)

        assert isinstance(early.exception(0), Overtaken)
        assert not engine.promote(early)
        assert engine.load().dropped_earlies == 1


def test_windows_for_later_go_one_by_one_and_last() -> None:
    """Somebody speaking now never waits for more than one of them."""
    model = ScriptedModel()
    with a_busy_engine(model) as (engine, _):
        later = [engine.submit(a_window(mark=mark), Kind.LATER) for mark in (2, 3)]
        partial = engine.submit(a_window(mark=4), Kind.PARTIAL)
        model.let()

        for future in (partial, *later):
            future.result(PATIENCE_S)
        assert model.batches == [[1], [4], [2], [3]]


def test_one_worker_is_kept_free_of_windows_for_later() -> None:
    """A live window does not wait for them at all, where there is more than one worker."""
    model = ScriptedModel()
    with an_engine(model, workers=2) as engine:
        for mark in (2, 3):
            engine.submit(a_window(mark=mark), Kind.LATER)
        model.wait_until_busy()
        final = engine.submit(a_window(mark=4), Kind.FINAL)
        model.wait_until_busy()

        assert model.batches == [[2], [4]]
        model.let()
        final.result(PATIENCE_S)


def test_no_window_for_later_begins_beside_a_final() -> None:
    """The next final would find no worker; beside a partial it may begin, for that one is soon over."""
    model = ScriptedModel()
    with an_engine(model, workers=2) as engine:
        final = engine.submit(a_window(mark=2), Kind.FINAL)
        model.wait_until_busy()
        later = engine.submit(a_window(mark=3), Kind.LATER)
        partial = engine.submit(a_window(mark=4), Kind.PARTIAL)
        model.wait_until_busy()
        assert model.batches == [[2], [4]]
        model.let()

        for future in (final, partial, later):
            future.result(PATIENCE_S)
        assert model.batches == [[2], [4], [3]]


def test_one_worker_is_kept_free_of_partials() -> None:
    """What was said does not wait for what is being said."""
    model = ScriptedModel()
    with an_engine(model, workers=2) as engine:
        first = engine.submit(a_window(mark=2), Kind.PARTIAL)
        model.wait_until_busy()
        second = engine.submit(a_window(mark=3), Kind.PARTIAL)
        final = engine.submit(a_window(mark=4), Kind.FINAL)
        model.wait_until_busy()

        assert model.batches == [[2], [4]]
        model.let()
        for future in (first, second, final):
            future.result(PATIENCE_S)


def test_what_a_full_engine_refuses_for_later_is_not_counted_as_lost() -> None:
    """It still waits where it came from."""
    with a_busy_engine(ScriptedModel()) as (engine, _):
        for _ in range(LATER_PLACES):
            engine.submit(a_window(), Kind.LATER)
        with pytest.raises(EngineFull, match="for later"):
            engine.submit(a_window(), Kind.LATER)

        assert (engine.load().refused_finals, engine.load().late) == (0, 0)


def test_one_call_cannot_keep_the_others_waiting() -> None:
    """Of a flood only the first windows go before somebody else's."""
    model, clock = ScriptedModel(), HandClock()
    with a_busy_engine(model, queue_size=64, clock=clock) as (engine, _):
        flood = [engine.submit(a_window(mark=mark), Kind.FINAL, source="call-1") for mark in range(2, 12)]
        clock.now_s += 1.0
        other = engine.submit(a_window(mark=12), Kind.FINAL, source="call-2")
        model.let()

        for future in (*flood, other):
            future.result(PATIENCE_S)
        assert model.batches == [[1], [2, 3, 4, 5], [6, 7, 8, 9], [12, 10, 11]]


def test_how_late_and_how_busy_the_engine_is() -> None:
    """In figures that tell when to do less."""
    model, clock = ScriptedModel(), HandClock()
    with a_busy_engine(model, clock=clock) as (engine, first):
        final = engine.submit(a_window(mark=2), Kind.FINAL)
        early = engine.submit(a_window(mark=3), Kind.EARLY)
        clock.now_s += 1.0
        assert engine.promote(early)
        clock.now_s += 4.0

        load = engine.load()
        assert (load.age_p95_s, load.utilisation, load.workers) == (5.0, 0.5, 1)
        model.let()
        for future in (first, final, early):
            future.result(PATIENCE_S)
        assert (engine.load().age_p95_s, engine.load().waiting) == (5.0, 0)
        clock.now_s += 20.0
        assert (engine.load().age_p95_s, engine.load().utilisation) == (0.0, 0.0)
