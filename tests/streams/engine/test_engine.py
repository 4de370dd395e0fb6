"""The queue all calls share: bounded, finals first, one failure harming nobody else."""

import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from random import Random

import pytest

from streams.engine.batching import Kind
from streams.engine.engine import EngineFull, Overtaken, Pass
from streams.model.company import Before
from streams.model.recipe import USUAL, Recipe
from streams.model.window import Recognised, Window
from tests.streams.engine.busy_engine import HandClock, a_busy_engine, an_engine
from tests.streams.scripted import PATIENCE_S, ScriptedModel, a_window


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


def test_company_is_heard_and_was_not_asked_for() -> None:
    """How many calls fit is worked out of what they say; what company adds to it goes before calls do."""
    model = ScriptedModel()
    with a_busy_engine(model) as (engine, first):
        fragment = a_window(1.5, mark=2)
        before = Before(audio=a_window(4.0).audio, text="said before")
        second = engine.submit(replace(fragment, before=before), Kind.FINAL)

        assert engine.load().finals_asked_s == 2.5
        model.let()
        first.result(PATIENCE_S)
        second.result(PATIENCE_S)
        load = engine.load()
        assert (load.finals_asked_s, load.finals_heard_s, load.audio_s) == (2.5, 6.5, 2.5)


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


def test_a_window_the_model_cannot_transcribe_harms_no_other() -> None:
    """Each of its batch is tried once more, alone; the failure is counted by its kind, without content."""
    model = ScriptedModel()
    with a_busy_engine(model) as (engine, _):
        good = [engine.submit(a_window(mark=2), Kind.FINAL)]
        bad = engine.submit(a_window(mark=-1), Kind.FINAL)
        good.append(engine.submit(a_window(mark=3), Kind.FINAL))
        model.let()

        with pytest.raises(RuntimeError, match="cannot transcribe"):
            bad.result(PATIENCE_S)
        assert [future.result(PATIENCE_S).recognised.text for future in good] == ["2.0", "3.0"]
        assert model.batches == [[1], [2, -1, 3], [2], [-1], [3]]
        assert engine.submit(a_window(mark=4), Kind.FINAL).result(PATIENCE_S).recognised.text == "4.0"
        assert (engine.load().failed, engine.load().last_error) == (1, "RuntimeError")


class Forgetful(ScriptedModel):
    """Answers a pass of several with one result."""

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        return super().recognise(windows, recipe)[:1]


def test_a_model_that_answers_too_little_stops_no_worker() -> None:
    """Alone, each window is answered."""
    model = Forgetful()
    with a_busy_engine(model) as (engine, _):
        futures = [engine.submit(a_window(mark=mark), Kind.FINAL) for mark in (2, 3)]
        model.let()

        assert [future.result(PATIENCE_S).recognised.text for future in futures] == ["2.0", "3.0"]
        assert engine.load().failed == 0


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


def test_whatever_many_calls_do_every_window_is_answered_once() -> None:
    """Submitted, promoted and given up from many threads while workers work."""
    model = ScriptedModel()
    model.let()
    answers: list[str] = []
    with an_engine(model, queue_size=40, workers=3) as engine:

        def call(number: int) -> None:
            chance = Random(number)
            for mark in range(60):
                try:
                    future = engine.submit(a_window(0.01, mark=mark), chance.choice(list(Kind)), source=number)
                except EngineFull:
                    answers.append("refused")
                    continue
                future.add_done_callback(lambda done: answers.append(_outcome(done)))
                if chance.random() < 0.3:
                    engine.promote(future)
                elif chance.random() < 0.3:
                    future.cancel()

        threads = [threading.Thread(target=call, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)

    assert len(answers) == 8 * 60
    assert set(answers) <= {"heard", "given up", "Overtaken", "refused"}
    load = engine.load()
    assert (load.waiting, load.failed, load.windows) == (0, 0, answers.count("heard"))


def _outcome(done: "Future[Pass]") -> str:
    if done.cancelled():
        return "given up"
    error = done.exception()
    return "heard" if error is None else type(error).__name__
