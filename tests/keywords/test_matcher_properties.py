"""What holds of the matcher whatever the rules and whatever is said."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keywords.matcher import Matcher, WordRule
from keywords.phrases.phrase import PhraseError, PhraseSet
from keywords.words import word_set
from streams.records import Language
from tests.keywords.builders import a_matcher, an_utterance, found

EN, FR = Language.EN, Language.FR
WORDS = {
    EN: sorted(
        word_set("cancel refund lawyer contract speak supervisor twenty five times broken service charge my to")
    ),
    FR: sorted(word_set("résilier remboursement avocat contrat parler vingt cinq fois porter plainte service mon à")),
}
LANGUAGES = st.sampled_from(list(Language))
MARKED = ["{}", "{}*", "={}", "[{}]", "({}|other)", "~3 {}", "{{amount>=5}} {}", "{{number}} {}"]


@st.composite
def phrases(draw: st.DrawFn, language: Language) -> str:
    """Phrases with every mark; some cannot be used."""
    words = draw(st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=4))
    return " ".join(draw(st.sampled_from(MARKED)).format(word) for word in words)


def _rules(language: Language, listed: list[str]) -> list[WordRule]:
    rules = []
    for number, phrase in enumerate(listed):
        try:
            compiled = PhraseSet.compile({language: [phrase]})
        except PhraseError:
            continue
        rules.append(WordRule(rule_id=f"rule_{number}", rule_version="1", speaker=None, phrases=compiled))
    return rules


@given(st.text(alphabet="résil plainte{}<>()[]~=*|!3.,€'-", max_size=40), LANGUAGES)
def test_any_phrase_is_read_or_refused(written: str, language: Language) -> None:
    """With another error it would take its whole file down."""
    try:
        compiled = PhraseSet.compile({language: [written]}).of(language)
    except PhraseError:
        return

    assert compiled[0].parts


@given(data=st.data(), text=st.text(max_size=80), language=LANGUAGES)
@settings(max_examples=60)
def test_matching_is_total(data: st.DataObject, text: str, language: Language) -> None:
    """Whatever is said, hits lie within the utterance and are 0 to 1 certain."""
    rules = _rules(language, data.draw(st.lists(phrases(language), max_size=5)))
    said = data.draw(st.lists(st.sampled_from(WORDS[language]), max_size=8))
    utterance = an_utterance(" ".join([*said, text]), language)

    for hit in Matcher(rules, floor=0.2).hits(utterance):
        assert 0 <= hit.certainty <= 1
        assert utterance.start_s <= hit.start_s <= hit.end_s <= utterance.end_s
        assert hit.words


@given(data=st.data(), language=LANGUAGES)
@settings(max_examples=80)
def test_a_phrase_matches_itself(data: st.DataObject, language: Language) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=8))
    phrase = " ".join(words)

    (hit,) = a_matcher([phrase], language).hits(an_utterance(phrase, language))

    assert hit.certainty == 1.0


@given(data=st.data(), language=LANGUAGES)
@settings(max_examples=60)
def test_another_rule_never_changes_a_rule_s_hits(data: st.DataObject, language: Language) -> None:
    rules = _rules(language, data.draw(st.lists(phrases(language), min_size=2, max_size=6)))
    said = data.draw(
        st.lists(st.sampled_from([*WORDS[language], "plein", "refunded", "résilie", "60", "€"]), max_size=10)
    )
    utterance = an_utterance(" ".join(said), language)

    together = Matcher(rules).hits(utterance)

    for rule in rules:
        assert Matcher([rule]).hits(utterance) == tuple(hit for hit in together if hit.rule_id == rule.rule_id)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("cancel my contract", "the service was fine and then I would like to speak "),
        ("[so] [very] [so] [very] [so] [very] [so] [very] [so] [very] bad", "so very so very "),
        ("call ~10 me ~10 call ~10 me ~10 call ~10 me ~10 lawyer", "call me call me "),
    ],
)
def test_the_work_grows_with_the_length_and_no_faster(phrase: str, said: str) -> None:
    matcher = a_matcher([phrase])

    def calls(times: int) -> int:
        utterance = an_utterance(said * times)
        matcher.hits(utterance)  # words are remembered now
        return _calls_of(lambda: matcher.hits(utterance))

    few, many = calls(20), calls(80)

    assert many <= 5 * few


def test_the_work_hardly_grows_with_phrases_about_other_things() -> None:
    others = [f"{first}{number} plan" for number in range(300) for first in ("alpha", "beta", "gamma")]
    few, many = a_matcher(["cancel my contract"]), a_matcher(["cancel my contract", *others])
    utterance = an_utterance("I would like to cancel my contract today because the service is bad")
    assert found(few, utterance.text) == found(many, utterance.text) == ["cancel my contract"]

    assert _calls_of(lambda: many.hits(utterance)) <= 1.2 * _calls_of(lambda: few.hits(utterance))


def _calls_of(work: Callable[[], object]) -> int:
    """How many functions are called: a measure of work that no other process disturbs."""
    calls = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
