"""Missing audio by arrival time: a burst is late, a stall is lost."""

from streams.pace import Pace

FRAME_S = 0.02
TICK_S = 0.1


class Line:
    """A stream whose audio and gaps are counted."""

    def __init__(self) -> None:
        self.pace = Pace()
        self.end_s = 0.0
        self.now_s = 0.0
        self.gaps: list[tuple[float, float]] = []

    def send(self, seconds: float, *, speed: float = 1.0) -> "Line":
        """Frames at real pace, or a multiple of it."""
        for _ in range(round(seconds / FRAME_S)):
            self.now_s += FRAME_S / speed
            self._gap(self.pace.heard(FRAME_S, self.end_s, self.now_s))
            self.end_s += FRAME_S
        return self

    def wait(self, seconds: float) -> "Line":
        for _ in range(round(seconds / TICK_S)):
            self.now_s += TICK_S
            self._gap(self.pace.waiting(self.end_s, self.now_s))
        return self

    def _gap(self, missing_s: float) -> None:
        assert missing_s >= 0
        if missing_s:
            self.gaps.append((self.end_s, missing_s))
            self.end_s += missing_s

    @property
    def missing_s(self) -> float:
        return sum(duration_s for _, duration_s in self.gaps)


def test_a_steady_stream_misses_nothing() -> None:
    assert Line().send(20).gaps == []


def test_silence_before_the_first_audio_is_not_missing() -> None:
    assert Line().wait(4).send(5).gaps == []


def test_a_stall_of_three_seconds_is_missing_where_it_was() -> None:
    line = Line().send(5).wait(3).send(5)

    assert abs(line.missing_s - 3) < 0.1
    assert abs(line.gaps[0][0] - 5) < 0.1
    assert abs(line.end_s - line.now_s) < 0.1


def test_a_long_stall_is_told_in_few_steps() -> None:
    line = Line().send(1).wait(30)

    assert 25 < line.missing_s <= 30
    assert len(line.gaps) <= 30


def test_two_seconds_held_back_and_sent_at_once_are_not_missing() -> None:
    assert Line().send(5).wait(2).send(2, speed=1000).send(10).gaps == []


def test_a_short_stall_that_is_never_made_up_is_missing() -> None:
    line = Line().send(5).wait(1.5).send(10)

    assert abs(line.missing_s - 1.5) < 0.1
    assert abs(line.end_s - line.now_s) < 0.1


def test_a_lag_of_half_a_second_is_allowed() -> None:
    assert Line().send(5).wait(0.4).send(10).gaps == []


def test_a_stream_at_twenty_times_real_pace_misses_nothing() -> None:
    assert Line().send(60, speed=20).wait(2).send(60, speed=20).gaps == []
