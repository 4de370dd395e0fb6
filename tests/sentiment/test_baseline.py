"""What is usual for a speaker: quick to learn, slow to be talked out of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.baseline import LIMIT, Prior, SpeakerBaseline
from sentiment.prosody import Floats

PRIOR = Prior(mean=np.zeros(3, dtype=np.float32), deviation=np.ones(3, dtype=np.float32))


def row(*values: float) -> Floats:
    return np.array(values, dtype=np.float32)


def told(values: Floats, seconds: float, baseline: SpeakerBaseline | None = None) -> SpeakerBaseline:
    """A baseline that heard the same for so long, three seconds at a time."""
    found = baseline or SpeakerBaseline()
    for _ in range(round(seconds / 3)):
        found.learn(values, 3.0, PRIOR)
    return found


def test_before_anything_was_heard_the_prior_is_all_there_is() -> None:
    fresh = SpeakerBaseline()

    assert fresh.standardise(row(1.0, -2.0, 0.0), PRIOR) == pytest.approx([1.0, -2.0, 0.0])
    assert fresh.usual(0) is None
    assert fresh.usual_pace_wps is None
    assert fresh.spoken_s == 0.0


def test_the_speaker_soon_outweighs_the_prior() -> None:
    """A deep voice is not low for itself: halfway usual after one sentence, nearly so after three."""
    deep = row(-2.0, -2.0, -2.0)

    assert np.abs(told(deep, 3).standardise(deep, PRIOR)).max() < 1.1
    assert np.abs(told(deep, 9).standardise(deep, PRIOR)).max() < 0.6
    assert told(deep, 9).usual(0) == pytest.approx(-2.0)


def test_a_long_angry_stretch_does_not_become_usual() -> None:
    """90 s of calm, then two minutes far above it: the last of them still stands out by two thirds."""
    calm, angry = row(0.0, 0.0, 0.0), row(2.5, 2.5, 2.5)
    baseline = told(calm, 90)
    at_first = baseline.standardise(angry, PRIOR)[0]

    told(angry, 120, baseline)

    assert baseline.standardise(angry, PRIOR)[0] > 2 / 3 * at_first


def test_anger_that_is_heard_as_such_does_not_become_usual_however_early() -> None:
    """Half a minute of calm, then half a minute of what the model puts down to anger."""
    calm, angry = row(0.0, 0.0, 0.0), row(2.5, 2.5, 2.5)
    baseline = told(calm, 30)
    at_first = baseline.standardise(angry, PRIOR)[0]

    for _ in range(10):
        baseline.learn(angry, 3.0, PRIOR, moved=angry)

    assert baseline.standardise(angry, PRIOR)[0] > 2 / 3 * at_first


def test_what_a_feeling_moved_is_mostly_not_learned() -> None:
    """Angry from the first word, and known to be: the baseline stays nearer to calm. As heard, it is still told."""
    angry = row(2.0, 2.0, 2.0)
    naive, aware = told(angry, 9), SpeakerBaseline()
    for _ in range(3):
        aware.learn(angry, 3.0, PRIOR, moved=angry)

    assert aware.standardise(angry, PRIOR)[0] > naive.standardise(angry, PRIOR)[0] + 0.8
    assert aware.usual(0) == pytest.approx(2.0)


def test_a_voice_taken_for_moved_all_the_time_becomes_usual() -> None:
    """It is odd, not moved: after a minute and a half of speech it stands out by less than half of that."""
    odd = row(2.0, 2.0, 2.0)
    baseline = SpeakerBaseline()
    for _ in range(30):
        baseline.learn(odd, 3.0, PRIOR, moved=odd)

    assert baseline.standardise(odd, PRIOR)[0] < 0.5 * 2.0


def test_a_voice_that_no_feeling_explains_is_learned_as_it_is() -> None:
    """A line or throat far from all that is known is not anger, though it may look like it most of all."""
    moved, odd = row(1.5, 0.0, 0.0), row(1.5, -3.0, 3.0)
    taken_for_moved, taken_for_odd = SpeakerBaseline(), SpeakerBaseline()

    taken_for_moved.learn(moved, 3.0, PRIOR, moved=moved)
    taken_for_odd.learn(odd, 3.0, PRIOR, moved=moved)

    assert taken_for_odd.standardise(odd, PRIOR)[0] < 0.8 < 1.2 < taken_for_moved.standardise(moved, PRIOR)[0]


def test_one_wild_utterance_early_on_does_not_spoil_the_baseline() -> None:
    baseline = told(row(0.0, 0.0, 0.0), 6)

    baseline.learn(row(100.0, 100.0, 100.0), 3.0, PRIOR)

    assert abs(baseline.standardise(row(0.0, 0.0, 0.0), PRIOR)[0]) < 1.2


def test_no_single_utterance_counts_for_more_than_six_seconds() -> None:
    long, short = SpeakerBaseline(), SpeakerBaseline()
    long.learn(row(1.0, 1.0, 1.0), 15.0, PRIOR)
    short.learn(row(1.0, 1.0, 1.0), 6.0, PRIOR)

    assert long.spoken_s == short.spoken_s == 6.0
    assert long.standardise(row(0, 0, 0), PRIOR) == pytest.approx(short.standardise(row(0, 0, 0), PRIOR))


def test_what_was_not_measured_teaches_nothing_and_stands_at_usual() -> None:
    baseline = SpeakerBaseline()
    baseline.learn(row(np.nan, 1.0, np.nan), 3.0, PRIOR)

    assert baseline.usual(0) is None
    assert baseline.usual(1) == pytest.approx(1.0)
    assert baseline.standardise(row(np.nan, np.nan, 2.0), PRIOR) == pytest.approx([0.0, 0.0, 2.0])


def test_a_steady_speaker_does_not_make_small_changes_large() -> None:
    """A monotone half minute narrows the expected spread a little, never to nothing."""
    baseline = told(row(0.0, 0.0, 0.0), 30)

    assert baseline.standardise(row(1.0, 1.0, 1.0), PRIOR)[0] < 1.3


def test_pace_is_remembered_in_words_a_second() -> None:
    baseline = SpeakerBaseline()
    baseline.learn(row(0, 0, 0), 3.0, PRIOR, 2.0)
    baseline.learn(row(0, 0, 0), 3.0, PRIOR, None)
    baseline.learn(row(0, 0, 0), 6.0, PRIOR, 5.0)

    assert baseline.usual_pace_wps == pytest.approx(4.0)


@given(
    st.lists(
        st.tuples(
            st.lists(st.floats(-1e6, 1e6, width=32) | st.just(float("nan")), min_size=3, max_size=3),
            st.floats(0.0, 60.0),
        ),
        max_size=20,
    )
)
def test_whatever_was_heard_the_answer_is_finite_and_bounded(heard: list[tuple[list[float], float]]) -> None:
    baseline = SpeakerBaseline()
    for values, seconds in heard:
        baseline.learn(row(*values), seconds, PRIOR)

        found = baseline.standardise(row(*values), PRIOR)

        assert np.isfinite(found).all()
        assert np.abs(found).max() <= LIMIT


values = st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.floats(-5, 5), st.floats(0.5, 9)), max_size=12)
"""What was heard, and for how long."""


@given(values, values)
def test_a_baseline_that_was_packed_goes_on_as_it_was(
    before: list[tuple[float, float, float, float]], after: list[tuple[float, float, float, float]]
) -> None:
    baseline, moved = SpeakerBaseline(), row(0.4, -0.2, 0.1)
    for *heard, seconds in before:
        baseline.learn(row(*heard), seconds, PRIOR, 2.5, moved)
    again = SpeakerBaseline.restored(baseline.packed())
    for one in (baseline, again):
        for *heard, seconds in after:
            one.learn(row(*heard), seconds, PRIOR, 3.5, moved)

    assert again.packed() == baseline.packed()
    assert (again.spoken_s, again.usual_pace_wps, again.usual(0)) == (
        baseline.spoken_s,
        baseline.usual_pace_wps,
        baseline.usual(0),
    )
    assert again.fits(PRIOR)


@pytest.mark.parametrize("data", [b"", b"12345678" * 9, bytes(8 * 5), np.full(6, np.nan).tobytes()])
def test_what_is_no_baseline_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no baseline"):
        SpeakerBaseline.restored(data)
