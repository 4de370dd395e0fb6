"""Phrases are found as people say them and as a recogniser writes them."""

import gc
import weakref
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.matcher import Matcher, WordRule
from keywords.phrases.lexicon import shared_lexicon
from keywords.phrases.phrase import PhraseSet, compile_phrase
from keywords.words import word_set
from streams.records import Language, Speaker
from tests.keywords.builders import a_matcher, a_rule, an_utterance, found


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("cancel my subscription", "I'd like to cancel my uh subscription"),
        ("cancel my subscription", "please cancel, my subscription"),
        ("cancel my subscription", "cancel my my subscription"),
        ("cancel my subscription", "CANCEL MY SUBSCRIPTIONS!"),
        ("cancel my subscription", "just cancel my damn subscription"),
        ("refund*", "when will I be refunded"),
        ("cancel (my|the whole) plan", "cancel the whole plan"),
        ("cancel [my] plan", "cancel plan"),
        ("I am leaving", "I'm leaving"),
        ("cannot accept", "I can't accept"),
        ("supervisor", "your supervisar"),
        ("cancelled it", "I canceled it"),
    ],
)
def test_english_phrases_are_found(phrase: str, sentence: str) -> None:
    assert found(a_matcher([phrase]), sentence) == [phrase]


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("résilier", "je veux résilié mon contrat"),
        ("résilier", "résiliez-moi ça"),
        ("résili*", "ma résiliation"),
        ("rembours*", "le REMBOURSEMENT"),
        ("porter plainte", "je vais porté plainte"),
        ("je veux", "j'veux partir"),
        ("me plaindre", "je veux me, euh, plaindre"),
        ("vous quitter", "je vais vraiment vous quitter"),
        ("fils de pute", "Fils de pute."),
        ("j'en ai marre", "j’en ai vraiment marre"),
        ("remboursement", "mon rembourcement"),
    ],
)
def test_french_phrases_are_found(phrase: str, sentence: str) -> None:
    assert found(a_matcher([phrase], Language.FR), sentence, Language.FR) == [phrase]


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("cancel my subscription", "I want to cancel. My subscription is fine"),
        ("cancel my subscription", "cancel my appointment about the subscription"),
        ("sue", "Susan sued"),
        ("part", "the port"),
        ("cancel", "cancer"),
        ("calling", "falling"),
        ("résilier", "la résidence"),
        ("supervisor", "superb advisor"),
    ],
)
def test_other_words_are_not_found(phrase: str, sentence: str) -> None:
    assert found(a_matcher([phrase]), sentence) == []


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("I need to cancel", True),
        ("I need to cancel my subscription", True),
        ("I need to cancel my appointment on Tuesday", False),
        ("I need to cancel the nine o'clock appointment", True),
        ("I need to cancel. My appointment is fine", True),
        ("I need to cancel a test drive", False),
        ("I need to cancel a test of yours", True),
    ],
)
def test_a_phrase_may_name_what_it_does_not_mean(sentence: str, is_found: bool) -> None:
    phrase = "need to cancel !(appointment|test drive)"

    assert found(a_matcher([phrase]), sentence) == [phrase] * is_found


def test_only_the_phrases_of_the_spoken_language_count() -> None:
    matcher = a_matcher(["résilier"], Language.FR)

    assert found(matcher, "résilier", Language.EN) == []


def test_only_the_named_speaker_counts() -> None:
    matcher = Matcher([a_rule(["refund"], speaker=Speaker.CUSTOMER)])

    assert matcher.hits(an_utterance("a refund", speaker=Speaker.CUSTOMER))
    assert not matcher.hits(an_utterance("a refund", speaker=Speaker.AGENT, channel=1))


def test_a_hit_carries_the_words_and_their_times() -> None:
    hits = a_matcher(["cancel my subscription"]).hits(an_utterance("please cancel my uh subscription now", start_s=10))

    assert len(hits) == 1
    assert [word.text for word in hits[0].words] == ["cancel", "my", "uh", "subscription"]
    assert (hits[0].start_s, hits[0].end_s) == (10.4, 12.0)
    assert hits[0].certainty == 1.0


def test_words_heard_badly_and_letters_missed_lower_the_certainty() -> None:
    matcher = a_matcher(["remboursement"], Language.FR)
    clear = an_utterance("remboursement", Language.FR)
    weak = replace(clear, words=tuple(replace(word, probability=0.4) for word in clear.words))

    certainties = [matcher.hits(one)[0].certainty for one in (clear, weak, an_utterance("rembourcement", Language.FR))]

    assert certainties == pytest.approx([1.0, 0.7, 0.8])


def test_one_rule_has_one_hit_on_the_same_words() -> None:
    matcher = a_matcher(["cancel*", "cancel my", "cancel my subscription"])

    assert found(matcher, "cancel my subscription and cancel it") == ["cancel my subscription", "cancel*"]


def test_two_rules_may_hit_the_same_words() -> None:
    matcher = Matcher(
        [
            WordRule(
                rule_id=name,
                rule_version="2",
                speaker=None,
                phrases=PhraseSet.compile({Language.EN: ["refund"]}),
            )
            for name in ("one", "two")
        ]
    )

    hits = matcher.hits(an_utterance("a refund"))

    assert [(hit.rule_id, hit.rule_version) for hit in hits] == [("one", "2"), ("two", "2")]


def test_an_utterance_without_words_is_read_from_its_text() -> None:
    utterance = replace(an_utterance("I want a refund", start_s=5.0), words=())

    hits = a_matcher(["refund"]).hits(utterance)

    (word,) = hits[0].words
    assert (word.text, word.probability) == ("refund", 0.9)
    assert (word.start_s, word.end_s) == pytest.approx((6.2, 6.6))


def test_silence_has_no_hits() -> None:
    assert a_matcher(["refund"]).hits(an_utterance("")) == ()
    assert Matcher([]).hits(an_utterance("a refund")) == ()


FILLING = st.lists(
    st.sampled_from(sorted(word_set("the car is ready on monday at ten and we will call you thank sir price"))),
    max_size=8,
)


@given(before=FILLING, after=FILLING)
def test_a_phrase_is_found_wherever_it_stands(before: list[str], after: list[str]) -> None:
    """Ordinary words around it, none of which negates, never hide a phrase."""
    sentence = " ".join([*before, "cancel my subscription", *after])

    assert found(a_matcher(["cancel my subscription"]), sentence) == ["cancel my subscription"]


@given(
    opening=st.sampled_from(["I don't want to", "I never wanted to", "I'm not going to", "please don't", "no need to"]),
    adverb=st.sampled_from(["", "really", "actually", "uh"]),
    after=FILLING,
)
def test_a_negated_phrase_is_never_a_hit(opening: str, adverb: str, after: list[str]) -> None:
    sentence = " ".join([opening, adverb, "cancel my subscription.", *after])

    assert found(a_matcher(["cancel my subscription", "cancel*"]), sentence) == []


@given(st.text(max_size=80), st.sampled_from(list(Language)))
def test_any_text_is_read_without_failing(text: str, language: Language) -> None:
    hits = a_matcher(["cancel*", "not happy", "a (refund|plan) [now]"], language).hits(an_utterance(text, language))

    assert all(0 <= hit.certainty <= 1 and hit.start_s <= hit.end_s and hit.words for hit in hits)


def test_rules_with_the_same_words_share_what_is_known_of_them() -> None:
    """As long as anybody uses them; other words, and other languages, have their own."""
    words = compile_phrase("cancel my plan", Language.EN).first_words()
    first = shared_lexicon(words, Language.EN)
    seen = weakref.ref(first)

    assert shared_lexicon([*words, *words], Language.EN) is first
    assert shared_lexicon(words, Language.FR) is not first
    assert shared_lexicon(compile_phrase("refund", Language.EN).first_words(), Language.EN) is not first
    del first
    gc.collect()
    assert seen() is None
