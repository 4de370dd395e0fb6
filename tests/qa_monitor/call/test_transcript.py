"""What was said so far in a live call, as a console that opens it late is told."""

import tracemalloc
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.call.transcript import Transcript
from qa_monitor.schemas.utterances import UtteranceJson
from qa_monitor.wire.utterances import utterance_json
from streams.records import Utterance, UtteranceId, Word
from tests.qa_monitor.builders import a_score, an_utterance


def told(utterance: Utterance, *, scored: bool = False) -> UtteranceJson:
    return utterance_json(utterance, a_score(utterance) if scored else None)


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["0-1", "0-2", "1-1"]), st.sampled_from(["", "je", "je veux résilier"]), st.booleans()
        )
    )
)
def test_the_newest_of_every_utterance_comes_out_as_it_went_in(steps: list[tuple[str, str, bool]]) -> None:
    """Partials are replaced, finals without words take back, and the order is that of the first word."""
    transcript, expected = Transcript(), dict[str, UtteranceJson]()
    for name, text, final in steps:
        one = told(replace(an_utterance(), utterance_id=UtteranceId(name), text=text, final=final))
        transcript.say(UtteranceId(name), one)
        if text or not final:
            expected[name] = one
        else:
            expected.pop(name, None)

        assert list(transcript) == list(expected.values())


def test_scores_are_taken_back_from_all_that_had_one() -> None:
    """And stay so; nothing else changes."""
    transcript = Transcript()
    for number, scored in enumerate([True, False, True]):
        utterance = replace(an_utterance(), utterance_id=UtteranceId(f"0-{number}"))
        transcript.say(utterance.utterance_id, told(utterance, scored=scored))
    before = list(transcript)

    changed = transcript.forget_emotions()

    assert [one.utterance_id for one in changed] == ["0-0", "0-2"]
    assert [one.emotion for one in transcript] == [None] * 3
    assert list(transcript) == [one.model_copy(update={"emotion": None}) for one in before]
    assert transcript.forget_emotions() == []


def test_an_hour_takes_less_than_a_megabyte() -> None:
    """A thousand finals of twelve timed words."""
    words = tuple(
        Word(text=f"mot{place}", start_s=place * 0.31, end_s=place * 0.31 + 0.2, probability=0.9137)
        for place in range(12)
    )
    utterance = replace(an_utterance(), text=" ".join(word.text for word in words), words=words)
    transcript = Transcript()
    tracemalloc.start()
    for number in range(1000):
        name = UtteranceId(f"0-{number:08d}")
        transcript.say(name, told(replace(utterance, utterance_id=name), scored=True))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert taken < 1_000_000
