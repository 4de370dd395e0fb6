"""A phrase that should have been said in time."""

import pytest

from alerts.conditions import PhraseAbsent
from alerts.watching.absence import AbsenceWatch
from keywords.phrases.phrase import PhraseSet
from streams.records import Language, Speaker
from tests.alerts.builders import an_utterance

HELLO = PhraseAbsent(speaker=Speaker.AGENT, phrases=PhraseSet.compile({Language.EN: ["hello"]}), within_s=20.0)


@pytest.fixture
def watch() -> AbsenceWatch:
    """The greeting is due within 20 s of the agent's first words; finals may take 6 s."""
    return AbsenceWatch(HELLO, grace_s=6.0, longest_utterance_s=15.0)


def hear(
    watch: AbsenceWatch, start_s: float, *, said: bool = False, speaker: Speaker = Speaker.AGENT, trusted: bool = True
) -> None:
    watch.final(an_utterance("so what is it", start_s=start_s, speaker=speaker, trusted=trusted), said=said)


def test_nothing_is_due_before_the_first_words(watch: AbsenceWatch) -> None:
    """A long ringing tone is not the agent's fault; nor do the customer's words start the window."""
    hear(watch, 1.0, speaker=Speaker.CUSTOMER)

    assert watch.due(500.0) is None


def test_the_window_counts_from_the_first_words_and_reports_once(watch: AbsenceWatch) -> None:
    """From the 10th to the 30th second, and 6 s for the last final to come."""
    hear(watch, 10.0)

    assert watch.due(30.0) is None
    assert watch.due(36.0) is None
    absence = watch.due(36.1)
    assert absence is not None
    assert (absence.start_s, absence.end_s, absence.sure) == (10.0, 30.0, True)
    assert watch.due(40.0) is None


def test_a_final_after_the_window_ends_the_wait(watch: AbsenceWatch) -> None:
    """Finals of a channel come in order: no other can still hold the phrase."""
    hear(watch, 10.0)
    hear(watch, 30.5)

    assert watch.due(30.1) is not None


def test_a_phrase_in_the_window_settles_it(watch: AbsenceWatch) -> None:
    """Said is said, even in an utterance that ends after the window, or a distrusted one."""
    hear(watch, 10.0)
    hear(watch, 29.9, said=True, trusted=False)

    assert watch.due(500.0) is None


def test_a_phrase_after_the_window_is_too_late(watch: AbsenceWatch) -> None:
    """The greeting at the end of the call does not count."""
    hear(watch, 10.0)
    hear(watch, 30.1, said=True)

    assert watch.due(31.0) is not None


def test_an_utterance_still_being_spoken_is_waited_for(watch: AbsenceWatch) -> None:
    """Its partial began in the window: the final may hold the phrase. It is not waited for without end."""
    hear(watch, 10.0)
    watch.partial(an_utterance("hel", start_s=25.0, speaker=Speaker.AGENT, final=False))

    assert watch.due(40.0) is None
    hear(watch, 25.0, said=True)
    assert watch.due(100.0) is None


def test_a_final_that_never_comes_delays_the_verdict_only(watch: AbsenceWatch) -> None:
    """The longest utterance and the grace, then it counts as not said."""
    watch.partial(an_utterance("hm", start_s=10.0, speaker=Speaker.AGENT, final=False))

    assert watch.due(51.0) is None
    assert watch.due(51.1) is not None


def test_at_the_end_of_the_call_nothing_more_is_waited_for(watch: AbsenceWatch) -> None:
    """But a call that ends within the window proves nothing."""
    hear(watch, 10.0)

    assert watch.due(30.0, ended=True) is None
    assert watch.due(30.1, ended=True) is not None


def test_a_distrusted_utterance_in_the_window_leaves_doubt(watch: AbsenceWatch) -> None:
    """The greeting may have been in it."""
    hear(watch, 10.0)
    hear(watch, 12.0, trusted=False)

    absence = watch.due(60.0)
    assert absence is not None
    assert not absence.sure


def test_noise_taken_for_words_does_not_open_the_window(watch: AbsenceWatch) -> None:
    """Where the first final is distrusted, the next words count from; long before them it leaves no doubt."""
    watch.partial(an_utterance("uh", start_s=10.0, speaker=Speaker.AGENT, final=False))
    hear(watch, 10.0, trusted=False)
    assert watch.due(500.0) is None

    hear(watch, 100.0)
    absence = watch.due(130.0)
    assert absence is not None
    assert (absence.start_s, absence.sure) == (100.0, True)


def test_a_distrusted_utterance_shortly_before_the_first_words_leaves_doubt(watch: AbsenceWatch) -> None:
    """It may have been the greeting, badly heard."""
    hear(watch, 10.0, trusted=False)
    hear(watch, 13.0)

    absence = watch.due(60.0)
    assert absence is not None
    assert not absence.sure
