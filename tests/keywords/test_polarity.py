"""What a customer's words tell: cues, and whether they speak for or against. The agent's tell nothing."""

import pytest

from keywords.polarity.cues import FRUSTRATION, cue_phrases, cues_version, kinds_named
from keywords.polarity.cues_english import ENGLISH_CUES
from keywords.polarity.cues_french import FRENCH_CUES
from keywords.polarity.reader import PolarityReader, opinions_version, shared_reader
from keywords.records import CueKind, Polarity
from streams.records import Language, Speaker
from tests.keywords.builders import an_utterance

EN, FR = Language.EN, Language.FR


@pytest.fixture(scope="module")
def reader() -> PolarityReader:
    """The one everybody shares."""
    return shared_reader()


@pytest.mark.parametrize(
    ("text", "language", "cue"),
    [
        ("ça fait trois fois que j'appelle", FR, CueKind.REPEAT_CONTACT),
        ("third time I call about this", EN, CueKind.REPEAT_CONTACT),
        ("ça fait une heure que j'attends", FR, CueKind.WAITING),
        ("I have been on hold for an hour", EN, CueKind.WAITING),
        ("on me balade de service en service", FR, CueKind.PASSED_AROUND),
        ("they keep transferring me", EN, CueKind.PASSED_AROUND),
        ("vous deviez me rappeler", FR, CueKind.BROKEN_PROMISE),
        ("nobody called me back", EN, CueKind.BROKEN_PROMISE),
        ("non mais je rêve", FR, CueKind.INCREDULITY),
        ("you have got to be kidding", EN, CueKind.INCREDULITY),
        ("ah bravo, belle organisation", FR, CueKind.SARCASM),
        ("oh great, just great", EN, CueKind.SARCASM),
        ("vous êtes des incapables", FR, CueKind.INSULT),
        ("you're a bunch of crooks", EN, CueKind.INSULT),
        ("je vais voir ailleurs", FR, CueKind.LEAVING),
        ("I'll take my business elsewhere", EN, CueKind.LEAVING),
        ("je n'en peux plus", FR, CueKind.EXHAUSTION),
        ("I'm fed up", EN, CueKind.EXHAUSTION),
        ("je ne sais plus quoi faire", FR, CueKind.DISTRESS),
        ("I don't know what to do", EN, CueKind.DISTRESS),
        ("ah quel soulagement", FR, CueKind.RELIEF),
        ("that's a weight off my mind", EN, CueKind.RELIEF),
        ("merci beaucoup", FR, CueKind.THANKS),
        ("thank you so much", EN, CueKind.THANKS),
        ("c'est parfait", FR, CueKind.SATISFACTION),
        ("it works really well now", EN, CueKind.SATISFACTION),
    ],
)
def test_every_cue_is_found_in_both_languages(
    reader: PolarityReader, text: str, language: Language, cue: CueKind
) -> None:
    """In the words customers use."""
    assert cue in reader.cues(an_utterance(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je ne suis pas désespérée", FR),
        ("I'm not fed up", EN),
        ("je ne vais pas aller voir ailleurs", FR),
        ("I'm not going to take my business elsewhere", EN),
        ("my son says he is fed up", EN),
        ("c'est la première fois que j'appelle", FR),
        ("it's the first time I have called", EN),
    ],
)
def test_what_is_denied_or_somebody_elses_is_no_cue(reader: PolarityReader, text: str, language: Language) -> None:
    """As with phrases of rules."""
    assert reader.cues(an_utterance(text, language)) == ()


@pytest.mark.parametrize(
    ("text", "language", "polarity"),
    [
        ("c'est inadmissible", FR, Polarity.NEGATIVE),
        ("je ne suis pas content du tout", FR, Polarity.NEGATIVE),
        ("je suis très content", FR, Polarity.POSITIVE),
        ("je ne suis pas en colère", FR, Polarity.NEUTRAL),
        ("mon numéro de client est le quatre deux sept", FR, Polarity.NEUTRAL),
        ("super, merci pour rien", FR, Polarity.NEGATIVE),
        ("this is unacceptable", EN, Polarity.NEGATIVE),
        ("I'm not happy at all", EN, Polarity.NEGATIVE),
        ("I'm very happy", EN, Polarity.POSITIVE),
        ("I'm not angry", EN, Polarity.NEUTRAL),
        ("my customer number is four two seven", EN, Polarity.NEUTRAL),
        ("well thanks for nothing", EN, Polarity.NEGATIVE),
        ("you were kind but it's a disgrace", EN, Polarity.MIXED),
    ],
)
def test_words_speak_for_or_against(reader: PolarityReader, text: str, language: Language, polarity: Polarity) -> None:
    """Negation and sarcasm seen to; where both are said and neither outweighs the other, it says so."""
    found = reader.polarity(an_utterance(text, language))

    assert found is not None
    assert found.polarity is polarity
    assert (found.certainty > 0) is (polarity is not Polarity.NEUTRAL)


def test_the_words_it_rests_on_are_shown(reader: PolarityReader) -> None:
    """As recognised, only those that speak for what was found."""
    found = reader.polarity(an_utterance("Thanks, but it's a disgrace, I'm fed up."))

    assert found is not None
    assert found.telling == ("disgrace,", "fed up.")


@pytest.mark.parametrize("speaker", [Speaker.AGENT, Speaker.UNKNOWN])
def test_only_the_customers_words_tell_anything(reader: PolarityReader, speaker: Speaker) -> None:
    """An agent who is fed up is nobody's business here; neither is whoever cannot be told apart from one."""
    said = an_utterance("I'm fed up, this is unacceptable", speaker=speaker)

    assert reader.polarity(said) is None
    assert reader.cues(said) == ()


def test_frustration_stands_for_many() -> None:
    """Each once, and nothing that is not known."""
    assert kinds_named(["waiting", "frustration"]) == (
        CueKind.WAITING,
        *(kind for kind in FRUSTRATION if kind is not CueKind.WAITING),
    )
    with pytest.raises(ValueError, match="happiness"):
        kinds_named(["happiness"])


def test_the_phrases_can_all_be_matched() -> None:
    """Every kind in both languages, none written twice; their versions tell them apart."""
    assert set(FRENCH_CUES) == set(ENGLISH_CUES) == set(CueKind)
    for kind in CueKind:
        for language, phrases in ((FR, FRENCH_CUES[kind]), (EN, ENGLISH_CUES[kind])):
            assert len(cue_phrases(kind).of(language)) == len(phrases) == len(set(phrases)), (kind, language)
    assert len({cues_version([kind]) for kind in CueKind} | {opinions_version()}) == len(CueKind) + 1
