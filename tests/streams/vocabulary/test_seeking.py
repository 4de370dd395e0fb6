"""What the engine makes of proposed phrases. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from streams.engine.batching import Kind
from streams.records import Language, Sought, Word
from streams.vocabulary.seeking import MOST_BEHIND, sought_in
from streams.vocabulary.spelling import Core
from streams.vocabulary.terms import Candidate
from streams.vocabulary.text_scores import Scores
from tests.streams.scripted import recognised
from tests.streams.utterances.one_channel import Channel, began, due, ended

WORDS = tuple(
    Word(text=text, start_s=number / 2, end_s=(number + 1) / 2, probability=0.5)
    for number, text in enumerate(["voici", "une", "mise", "en", "demain,", "donc"])
)
CORE = Core(before="", text="mise en demain", after=",")
PROPOSAL = Candidate(term="mise en demeure", first=2, last=4, core=CORE, likeness=0.8, brevity=0.1)


class Proposing:
    """Proposes the same whatever it hears."""

    def __init__(self, *candidates: Candidate) -> None:
        self._candidates = candidates
        self.guesses: list[str] = []

    def proposals(self, words: Sequence[Word], language: Language, guesses: Sequence[str] = ()) -> Sequence[Candidate]:
        self.guesses += guesses
        return self._candidates


def scores(meant: float, asked: list[int]) -> Scores:
    """The text with the phrase in it is so much likelier than the other, and less so by half with nothing to hear."""

    def heard(texts: Sequence[str]) -> list[float]:
        asked.append(len(texts))
        return [meant if "demeure," in text else 0.0 for text in texts]

    return Scores(heard=heard, unheard=lambda texts: [point / 2 for point in heard(texts)])


def test_a_phrase_is_held_against_what_was_recognised() -> None:
    """All phrases in one batch, and once more with nothing to hear."""
    asked: list[int] = []
    found = sought_in(Proposing(PROPOSAL), WORDS, Language.FR, scores(-4.0, asked))

    assert found == (
        Sought(
            text="mise en demeure,",
            heard="mise en demain,",
            first=2,
            likeness=0.8,
            brevity=0.1,
            by_audio=-4.0,
            by_habit=-2.0,
        ),
    )
    assert asked == [2, 2]


def test_a_phrase_that_was_written_in_another_guess_says_so() -> None:
    asked: list[int] = []
    (found,) = sought_in(Proposing(replace(PROPOSAL, guessed=True)), WORDS, Language.FR, scores(-4.0, asked))

    assert found.guessed


def test_a_phrase_that_the_audio_speaks_against_is_given_up() -> None:
    asked: list[int] = []

    assert sought_in(Proposing(PROPOSAL), WORDS, Language.FR, scores(-MOST_BEHIND - 1, asked)) == ()
    assert asked == [2]


def test_the_audio_is_not_asked_where_nothing_is_proposed() -> None:
    asked: list[int] = []

    assert sought_in(Proposing(), WORDS, Language.FR, scores(0.0, asked)) == ()
    assert asked == []


def test_who_proposes_is_told_the_other_guesses() -> None:
    seeker = Proposing()
    sought_in(seeker, WORDS, Language.FR, scores(0.0, []), ["voici une mise en demeure", "voici une mise"])

    assert seeker.guesses == ["voici une mise en demeure", "voici une mise"]


def test_only_finals_with_measured_words_are_asked() -> None:
    """A partial changes again before anybody has heard it twice."""
    channel = Channel()
    seeker = channel.transcriber.seeker = Proposing(PROPOSAL)
    channel.notice(began(), due(1.7), ended(2.4))
    channel.transcriber.wants_times = False
    channel.notice(began(3.0), ended(4.5, 3.0))

    assert [(kind, window.seeker) for window, kind, _ in channel.engine.asked] == [
        (Kind.PARTIAL, None),
        (Kind.FINAL, seeker),
        (Kind.FINAL, None),
    ]


def test_what_was_weighed_comes_with_the_final() -> None:
    channel = Channel().notice(began(), ended(2.4))
    sought = sought_in(Proposing(PROPOSAL), WORDS, Language.FR, scores(-4.0, []))
    channel.engine.answer(0, replace(recognised(), sought=sought))

    (final,) = channel.collect()

    assert final.utterance.sought == sought
