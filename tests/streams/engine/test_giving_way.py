"""A window for later lets whoever waits live go first in the middle of its pass, and loses nothing by it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.demo.truth import CALLS_DIR
from streams.engine.batching import Kind
from streams.engine.giving_way import GivingWay
from streams.model.recipe import USUAL, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Recognised, Window
from streams.records import Language
from tests.streams.engine.busy_engine import HandClock, an_engine
from tests.streams.model.test_heard_twice import Listener, _in_noise
from tests.streams.model.test_whisper import lines_of
from tests.streams.scripted import PATIENCE_S, ScriptedModel, a_window, recognised


class InParts(ScriptedModel):
    """Each window in two parts, between which it pauses as the real one does; notes their order."""

    def __init__(self, between: Callable[[float], None]) -> None:
        super().__init__()
        self.parts: list[tuple[float, int]] = []
        self._between = between
        self.let()

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        marks = [float(window.audio[0]) for window in windows]
        self.parts += [(mark, 1) for mark in marks]
        for mark, window in zip(marks, windows, strict=True):
            self._between(mark)
            if window.pause is not None:
                window.pause()
        self.parts += [(mark, 2) for mark in marks]
        return [recognised(str(mark)) for mark in marks]


@given(waiting=st.integers(0, 20))
def test_others_go_first_until_none_waits_and_their_time_is_known(waiting: int) -> None:
    clock, left = HandClock(), [waiting]

    def serve() -> bool:
        if not left[0]:
            return False
        clock.now_s += 0.5
        left[0] -= 1
        return True

    way = GivingWay(serve, clock)
    way()
    way()

    assert left[0] == 0
    assert way.seconds == 0.5 * waiting


@pytest.mark.parametrize("kind", [Kind.FINAL, Kind.EARLY, Kind.PARTIAL])
def test_who_waits_live_is_heard_before_the_second_part(kind: Kind) -> None:
    """On the only worker; what is for later waits its turn, and the time of others is not counted twice."""
    clock = HandClock()

    def between(mark: float) -> None:
        clock.now_s += mark
        if mark == 1:
            engine.submit(a_window(mark=3), Kind.LATER)
            engine.submit(a_window(mark=2), kind)

    model = InParts(between)
    with an_engine(model, clock=clock) as engine:
        done = engine.submit(a_window(mark=1), Kind.LATER).result(PATIENCE_S)
        last = engine.submit(a_window(mark=4), Kind.LATER).result(PATIENCE_S)

        assert model.parts[:4] == [(1, 1), (2, 1), (2, 2), (1, 2)]
        assert model.parts[4:] == [(3, 1), (3, 2), (4, 1), (4, 2)]
        assert (done.recognised.text, done.speech_s, last.recognised.text) == ("1.0", 1.0, "4.0")
        assert engine.load().busy_s == pytest.approx(1 + 2 + 3 + 4)


@pytest.mark.parametrize("kind", [Kind.FINAL, Kind.EARLY, Kind.PARTIAL])
def test_what_is_live_gives_way_to_nobody(kind: Kind) -> None:
    def between(mark: float) -> None:
        if mark == 1:
            engine.submit(a_window(mark=2), Kind.FINAL)

    model = InParts(between)
    with an_engine(model) as engine:
        engine.submit(a_window(mark=1), kind).result(PATIENCE_S)
        engine.submit(a_window(mark=3), Kind.FINAL).result(PATIENCE_S)

    assert model.parts[:2] == [(1, 1), (1, 2)]


def test_a_live_window_that_fails_harms_neither_itself_twice_nor_the_one_that_gave_way() -> None:
    failing = []

    def between(mark: float) -> None:
        if mark == 1:
            failing.append(engine.submit(a_window(mark=-1), Kind.FINAL))
        if mark < 0:
            raise RuntimeError("cannot transcribe this")

    model = InParts(between)
    with an_engine(model) as engine:
        found = engine.submit(a_window(mark=1), Kind.LATER).result(PATIENCE_S)

        assert found.recognised.text == "1.0"
        assert isinstance(failing[0].exception(PATIENCE_S), RuntimeError)
        assert model.parts == [(1, 1), (-1, 1), (-1, 1), (1, 2)]
        assert engine.load().failed == 1


@pytest.mark.model
def test_the_real_model_pauses_before_it_hears_again_and_the_answer_is_the_same(speech_model: SpeechModel) -> None:
    """Even where another window is heard meanwhile."""
    language, lines = lines_of(sorted(CALLS_DIR.glob("en-*.flac"))[0])
    listener, others = Listener(), []
    noisy = Window(
        audio=_in_noise(lines[1][0]), language=language, languages=tuple(Language), beam=5, seeker=listener, twice=True
    )
    other = Window(audio=lines[2][0], language=language, languages=tuple(Language))

    def pause() -> None:
        others.append((len(listener.guesses), speech_model.recognise([other])[0].text))

    (alone,) = speech_model.recognise([noisy])
    asked = len(listener.guesses)
    (paused,) = speech_model.recognise([replace(noisy, pause=pause)])

    assert replace(paused, again_s=0.0) == replace(alone, again_s=0.0)
    assert alone.again_s > 0
    assert [number for number, _ in others] == [asked, asked]
    assert len({text for _, text in others}) == 1
