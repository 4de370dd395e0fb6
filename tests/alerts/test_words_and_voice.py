"""Rules about what the customer's words tell, alone and beside their voice: two findings, never one number."""

from collections.abc import Sequence

import pytest

from alerts.conditions import PolarityPersists, WordsSaid
from alerts.files.problems import RuleError
from alerts.rule import Rule
from alerts.rulebook import STARTER_RULES, RuleBook, load_rulebook
from keywords.matcher import Matcher
from keywords.phrases.phrase import PhraseSet
from keywords.polarity.cues import FRUSTRATION
from keywords.polarity.reader import shared_reader
from keywords.records import CueKind, Polarity
from keywords.sought.seeker import Seeker
from sentiment.records import Dynamics
from streams.records import Language, Speaker
from tests.alerts.builders import some_dynamics
from tests.alerts.played import Played, a_book, a_rule_text, words

FR = Language.FR
CUE = "{cue: {is: [repeat_contact]}}"
VOICE = "{emotion: {is: anger, at_least: 0.6, utterances: 2, of_last: 4}}"
BOTH = f"{{all: [{CUE}, {VOICE}], within_s: 30}}"
AGAINST = "{polarity: {is: negative, at_least: 0.6, utterances: 2, of_last: 3}}"


def played(when: str) -> Played:
    return Played(a_book(a_rule_text(when)))


def problems_of(when: str) -> Sequence[tuple[str, str]]:
    with pytest.raises(RuleError) as caught:
        a_book(a_rule_text(when))
    return [(problem.field, problem.found) for problem in caught.value.problems]


def test_a_cue_is_quoted_in_both_languages() -> None:
    """In the customer's own words, without the full stop; no phrase of the product's is shown."""
    call = played(CUE)

    (flag,) = call.customer("Ça fait trois fois que j'appelle.", 10.0, FR).told

    assert flag.evidence.explanation_en == "said “Ça fait trois fois que j'appelle”"
    assert flag.evidence.explanation_fr == "a dit « Ça fait trois fois que j'appelle »"
    assert flag.evidence.phrase == ""
    assert [word.text for word in flag.evidence.words][-1] == "j'appelle."


def test_nobody_elses_words_give_a_cue() -> None:
    """The agent may have called three times."""
    call = played(CUE)

    assert call.agent("This is the third time I've called.", 10.0).told == ()


def test_a_cue_while_it_is_being_said_raises_a_flag_at_once() -> None:
    """Cues go the way of phrases, partials and all."""
    call = played(CUE)

    (raised,) = call.saying("this is the third time I've called", 10.0).told
    (confirmed,) = call.customer("this is the third time I've called", 10.0).told

    assert raised.flag_id == confirmed.flag_id


def test_words_and_voice_are_both_shown() -> None:
    """Whichever comes last: what was heard and what was said, in the customer's own terms."""
    call = played(BOTH)
    told = [
        *call.customer("I am not so sure of that", 5.0, anger=0.8).told,
        *call.customer("and it goes on like this", 10.0, anger=0.8).told,
        *call.customer("this is the third time I've called", 15.0, anger=0.1).told,
    ]

    (flag,) = told
    assert flag.evidence.explanation_en == "louder by 6 dB; said “third time I've called”"
    assert flag.evidence.explanation_fr == "plus fort de 6 dB ; a dit « third time I've called »"
    assert [one.name for one in flag.evidence.measured] == ["anger", "utterances", "certainty"]


@pytest.mark.parametrize(
    "said",
    [
        [("this is the third time I've called", 5.0, 0.1), ("and so on", 10.0, 0.1)],
        [("well I do not know", 5.0, 0.9), ("and so on", 10.0, 0.9)],
        [("this is the third time I've called", 5.0, 0.1), ("so it is", 60.0, 0.9), ("and so on", 65.0, 0.9)],
    ],
)
def test_words_or_voice_alone_are_not_enough(said: Sequence[tuple[str, float, float]]) -> None:
    """Neither makes up for the other, and they must lie close together."""
    call = played(BOTH)
    for text, start_s, anger in said:
        call.customer(text, start_s, anger=anger)

    assert call.told == []


def test_a_rising_voice_is_told_in_the_persons_own_terms() -> None:
    """Against their own first words, not against anybody else's."""
    call = played(f"{{all: [{CUE}, {{dynamics: {{measure: customer_louder_db, above: 5}}}}], within_s: 45}}")
    call.customer("third time I call", 50.0)
    now: Dynamics = some_dynamics(55.0)
    louder = Dynamics(
        now_s=55.0,
        silence_s=0.0,
        talk_over_s=0.0,
        talk_over_total_s=0.0,
        silence_total_s=0.0,
        talk_share=now.talk_share,
        interrupter=None,
        louder_db={"customer": 6.2},
    )

    (flag,) = call.watch.on_dynamics(louder).told

    expected = "said “third time I call”; louder by 6 dB than in their first 20 s of talk"
    assert flag.evidence.explanation_en == expected
    assert flag.evidence.explanation_fr.endswith("plus fort de 6 dB que dans ses 20 premières secondes de parole")


def test_words_that_go_on_speaking_against_are_told_once() -> None:
    """Two of the last three; the agent's words neither count nor take up room."""
    call = played(AGAINST)
    assert call.customer("This is unacceptable.", 5.0).told == ()
    call.agent("This is unacceptable.", 10.0)
    call.agent("Let me see.", 12.0)
    call.agent("One moment.", 14.0)

    (flag,) = call.customer("I'm very disappointed.", 20.0).told
    again = call.customer("Your service is terrible.", 25.0)

    assert flag.evidence.explanation_en == "negative words: “unacceptable”, “I'm very disappointed”"
    assert flag.evidence.explanation_fr == "paroles négatives : « unacceptable », « I'm very disappointed »"
    assert [(one.name, one.threshold) for one in flag.evidence.measured] == [("word_certainty", 0.6), ("utterances", 2)]
    assert again.told == ()


def test_thanks_are_no_complaint() -> None:
    """What speaks for the company does not count against it."""
    call = played(AGAINST)
    for start_s in (5.0, 10.0, 15.0):
        call.customer("Thank you so much, that's perfect.", start_s)

    assert call.told == []


def test_frustration_names_them_all() -> None:
    """One leaf of the rule, one entry of the matcher for each."""
    (rule,) = a_book(a_rule_text("{cue: {is: [frustration, distress]}}")).rules

    assert [one.cue for one in rule.word_rules] == [*FRUSTRATION, CueKind.DISTRESS]
    assert {one.part for one in rule.word_rules} == {0}
    assert {one.speaker for one in rule.word_rules} == {Speaker.CUSTOMER}


@pytest.mark.parametrize(
    ("when", "field"),
    [
        ("{cue: {is: [happiness]}}", "rules[0].when.cue.is[0]"),
        ("{cue: {is: []}}", "rules[0].when.cue.is"),
        ("{cue: {is: [waiting], speaker: agent}}", "rules[0].when.cue.speaker"),
        ("{cue: {is: [waiting], window: {after: nobody}}}", "rules[0].when.cue.window.after"),
        ("{polarity: {is: neutral, at_least: 0.5}}", "rules[0].when.polarity.is"),
        ("{polarity: {is: negative, at_least: 0.5, utterances: 2}}", "rules[0].when.polarity"),
    ],
)
def test_mistakes_are_named(when: str, field: str) -> None:
    """An agent's cue cannot even be written down."""
    assert problems_of(when)[0][0] == field


def test_a_condition_about_the_agents_feelings_cannot_be_built() -> None:
    """Not in a file, and not in code either."""
    with pytest.raises(ValueError, match="only the customer's words"):
        WordsSaid(speaker=Speaker.AGENT, phrases=PhraseSet.compile({}), cues=(CueKind.WAITING,))
    with pytest.raises(ValueError, match="1 to 1"):
        PolarityPersists(polarity=Polarity.NEGATIVE, at_least=0.5, utterances=2, of_last=1, reader=shared_reader())


def test_the_audio_is_never_asked_about_cues() -> None:
    """Hundreds of phrases would crowd out those of rules, and cost part of a pass each."""
    rules = a_book(a_rule_text(CUE), a_rule_text(words("refund"), rule_id="refund")).word_rules
    heard = Matcher(rules).hits_in

    seeker = Seeker(Matcher(rules), rules, Speaker.CUSTOMER)

    assert {rule.cue for rule in rules} == {CueKind.REPEAT_CONTACT, None}
    assert seeker.proposals((), Language.EN) == ()
    assert heard((), Language.EN, Speaker.CUSTOMER) == ()


def test_a_rules_version_follows_the_phrases_of_its_cues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts on what another release found say nothing of this one."""
    (one,), (other,) = (a_book(a_rule_text(f"{{cue: {{is: [{name}]}}}}")).rules for name in ("waiting", "insult"))

    assert one.rule_version != other.rule_version


@pytest.fixture(scope="module")
def starter() -> RuleBook:
    """The rules of the product."""
    return load_rulebook([STARTER_RULES])


def by_id(book: RuleBook, rule_id: str) -> Rule:
    return next(rule for rule in book.rules if rule.rule_id == rule_id)


def test_lost_patience_takes_words_and_voice(starter: RuleBook) -> None:
    """The starter rule, heard and said within three quarters of a minute."""
    book = RuleBook(rules=(by_id(starter, "patience_in_words_and_voice"),), version="1")
    call = Played(book)
    call.customer("Ça fait trois fois que je vous appelle.", 5.0, FR, anger=0.7)
    call.customer("Et toujours la même réponse.", 10.0, FR, anger=0.7)

    (flag,) = call.told
    assert flag.evidence.explanation_fr == "a dit « Ça fait trois fois que je vous appelle » ; plus fort de 6 dB"
