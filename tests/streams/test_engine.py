"""The queue all calls share: bounded, finals first, one failure harming nobody else."""

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager

import pytest

from streams.batching import Kind
from streams.engine import EngineFull, Overtaken, Pass, SpeechEngine
from tests.streams.scripted import PATIENCE_S, ScriptedModel, a_window


class HandClock:
    """Time passes when a test says so."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@contextmanager
def an_engine(
    model: ScriptedModel, *, queue_size: int = 8, clock: HandClock | None = None, workers: int = 1
) -> Iterator[SpeechEngine]:
    """An engine whose workers are gone when the test ends, passed or not."""
    engine = SpeechEngine(model, workers=workers, batch_size=4, queue_size=queue_size, clock=clock or HandClock())
    try:
        yield engine
    finally:
        model.let()
        engine.close()


@contextmanager
def a_busy_engine(
    model: ScriptedModel, *, queue_size: int = 8, clock: HandClock | None = None
) -> Iterator[tuple[SpeechEngine, "Future[Pass]"]]:
    """Its one worker is held by a pass marked 1, so that what is submitted next must wait."""
    with an_engine(model, queue_size=queue_size, clock=clock) as engine:
        first = engine.submit(a_window(mark=1), Kind.FINAL)
        model.wait_until_busy()
        yield engine, first


def test_a_pass_says_what_was_heard_and_where_the_time_went() -> None:
    """Waiting and working are told apart."""
    model, clock = ScriptedModel(), HandClock()
    with a_busy_engine(model, clock=clock) as (engine, first):
        clock.now_s += 0.5
        second = engine.submit(a_window(2.0, mark=2), Kind.FINAL)
        clock.now_s += 0.25
        model.let()

        assert first.result(PATIENCE_S).recognised.text == "1.0"
        assert (first.result().queued_s, first.result().speech_s) == (0.0, 0.75)
        assert second.result(PATIENCE_S).recognised.text == "2.0"
        assert (second.result().queued_s, second.result().speech_s) == (0.25, 0.0)
        load = engine.load()
        assert (load.passes, load.windows, load.audio_s, load.busy_s) == (2, 2, 3.0, 0.75)


def test_windows_that_wait_together_share_a_pass() -> None:
    """Calls help one another: what waits is taken in one batch, of no more than the size allowed."""
    model = ScriptedModel()
    with a_busy_engine(model) as (engine, _):
        futures = [engine.submit(a_window(mark=mark), Kind.FINAL) for mark in (2, 3, 4, 5, 6)]
        model.let()

        assert [future.result(PATIENCE_S).recognised.text for future in futures] == ["2.0", "3.0", "4.0", "5.0", "6.0"]
        assert [future.result().batch for future in futures] == [4, 4, 4, 4, 1]
        assert model.batches == [[1], [2, 3, 4, 5], [6]]


def test_finals_go_before_partials_that_came_first() -> None:
    """What is certain matters more than what is a guess."""
    model = ScriptedModel()
    with a_busy_engine(model) as (engine, _):
        partial = engine.submit(a_window(mark=2), Kind.PARTIAL)
        final = engine.submit(a_window(mark=3), Kind.FINAL)
        model.let()
        final.result(PATIENCE_S)
        partial.result(PATIENCE_S)

        assert model.batches == [[1], [3], [2]]


def test_a_partial_is_refused_when_the_queue_is_full() -> None:
    """The next partial replaces it anyway."""
    with a_busy_engine(ScriptedModel(), queue_size=2) as (engine, _):
        engine.submit(a_window(), Kind.PARTIAL)
        engine.submit(a_window(), Kind.FINAL)

        with pytest.raises(EngineFull):
            engine.submit(a_window(), Kind.PARTIAL)

        assert engine.load().waiting == 2
        assert engine.load().dropped_partials == 1
        assert engine.load().refused_finals == 0


def test_a_final_pushes_out_the_oldest_partial() -> None:
    """A full queue costs guesses before it costs words."""
    model, clock = ScriptedModel(), HandClock()
    with a_busy_engine(model, queue_size=3, clock=clock) as (engine, _):
        final = engine.submit(a_window(mark=2), Kind.FINAL)
        clock.now_s += 0.1
        older = engine.submit(a_window(mark=3), Kind.PARTIAL)
        clock.now_s += 0.1
        newer = engine.submit(a_window(mark=4), Kind.PARTIAL)

        last = engine.submit(a_window(mark=5), Kind.FINAL)

        assert isinstance(older.exception(0), Overtaken)
        model.let()
        assert [one.result(PATIENCE_S).recognised.text for one in (final, newer, last)] == ["2.0", "4.0", "5.0"]
        assert engine.load().dropped_partials == 1


def test_a_final_is_refused_only_behind_finals() -> None:
    """Then its caller knows that this stretch was not heard."""
    with a_busy_engine(ScriptedModel(), queue_size=2) as (engine, _):
        waiting = [engine.submit(a_window(), Kind.FINAL) for _ in range(2)]

        with pytest.raises(EngineFull):
            engine.submit(a_window(), Kind.FINAL)

        assert engine.load().refused_finals == 1
        assert not any(future.done() for future in waiting)


def test_a_window_given_up_makes_room_and_is_never_transcribed() -> None:
    """An utterance that went on does not cost a pass."""
    model = ScriptedModel()
    with a_busy_engine(model, queue_size=2) as (engine, _):
        given_up = engine.submit(a_window(mark=2), Kind.FINAL)
        kept = engine.submit(a_window(mark=3), Kind.FINAL)
        assert given_up.cancel()
        assert engine.load().waiting == 1

        late = engine.submit(a_window(mark=4), Kind.FINAL)
        model.let()

        kept.result(PATIENCE_S)
        late.result(PATIENCE_S)
        assert model.batches == [[1], [3, 4]]


def test_a_partial_that_waited_too_long_is_dropped() -> None:
    """It would show what was said long ago; finals are never too late."""
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


def test_a_window_the_model_cannot_transcribe_harms_only_its_batch() -> None:
    """Workers go on, and the failure is counted by its kind, without content."""
    model = ScriptedModel()
    with a_busy_engine(model) as (engine, first):
        model.let()
        first.result(PATIENCE_S)

        with pytest.raises(RuntimeError, match="cannot transcribe"):
            engine.submit(a_window(mark=-1), Kind.FINAL).result(PATIENCE_S)

        assert engine.submit(a_window(mark=2), Kind.FINAL).result(PATIENCE_S).recognised.text == "2.0"
        assert (engine.load().failed, engine.load().last_error) == (1, "RuntimeError")


def test_close_cancels_what_waits_and_ends_the_workers() -> None:
    """The pass under way ends; nothing new is taken."""
    model = ScriptedModel()
    with a_busy_engine(model) as (engine, first):
        waiting = engine.submit(a_window(mark=2), Kind.FINAL)
        closing = threading.Thread(target=engine.close)
        closing.start()

        with pytest.raises(CancelledError):
            waiting.result(PATIENCE_S)
        model.let()
        closing.join(PATIENCE_S)

        assert not closing.is_alive()
        assert first.result(0).recognised.text == "1.0"
        assert model.batches == [[1]]
        with pytest.raises(EngineFull, match="closed"):
            engine.submit(a_window(), Kind.FINAL)


def test_several_workers_serve_many_threads() -> None:
    """Every window is answered once, and with its own words."""
    model = ScriptedModel()
    model.let()
    answers: dict[int, str] = {}

    with an_engine(model, queue_size=500, workers=3) as engine:

        def call(first: int) -> None:
            futures = {mark: engine.submit(a_window(0.01, mark=mark), Kind.FINAL) for mark in range(first, first + 50)}
            answers.update({mark: future.result(PATIENCE_S).recognised.text for mark, future in futures.items()})

        threads = [threading.Thread(target=call, args=(first,)) for first in range(0, 400, 50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)

        assert answers == {mark: str(float(mark)) for mark in range(400)}
        assert engine.load().windows == sum(map(len, model.batches)) == 400
