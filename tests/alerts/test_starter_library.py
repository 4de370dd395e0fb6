"""The starter library as a whole: every example does what it says, and neutral speech raises nothing."""

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from alerts.conditions import AbsentAfter, AbsentAtEnd, PhraseAbsent
from alerts.examples import rule_examples, wrong_examples
from alerts.files.shape_base import Phrases
from alerts.policy import AlertPolicy
from alerts.records import Priority
from alerts.rulebook import STARTER_RULES, RuleBook, load_rulebook
from keywords.matcher import Matcher
from streams.records import Language, Speaker
from tests.alerts.builders import an_utterance

EN, FR = Language.EN, Language.FR
LEAST_EXAMPLES = 8
PROMPTS = "/usr/share/doc/asterisk-core-sounds-{0}/core-sounds-{0}.txt.gz"
MEASURED = {"dead_air", "hold_too_long", "talk_over", "customer_anger", "customer_distress", "recovery"}
OUT_OF_SERVICE = {"callback_promised", "recording_notice_missing", "closing_missing", "complaints_pile_up"}
NEVER_QUIETED = {"self_harm", "violence_threat"}
"""No other rule may hold these back."""
ABSENT = (PhraseAbsent, AbsentAfter, AbsentAtEnd)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    """The starter rules, those out of service as well."""
    file = tmp_path_factory.mktemp("rules") / "all.yaml"
    file.write_text(STARTER_RULES.read_text(encoding="utf-8").replace("enabled: false", "enabled: true"), "utf-8")
    return load_rulebook([file])


@pytest.fixture(scope="module")
def matcher(library: RuleBook) -> Matcher:
    """Listens for all of them at once."""
    return Matcher(library.word_rules)


def sentences(listed: Phrases | None) -> Mapping[Language, list[str]]:
    """By language; empty lists where there are none."""
    return {FR: (listed.fr or []) if listed else [], EN: (listed.en or []) if listed else []}


def missed_words(library: RuleBook) -> set[str]:
    """The rules that fire where their words are not said."""
    return {rule.rule_id for rule in library.rules if isinstance(rule.when, ABSENT)}


def prompt_texts(language: Language) -> Iterator[str]:
    """What a telephone exchange says: neutral speech in many voices' words."""
    file = Path(PROMPTS.format(language.value))
    if not file.is_file():
        pytest.skip(f"the telephone prompts are not installed: apt-get install asterisk-core-sounds-{language.value}")
    for line in gzip.decompress(file.read_bytes()).decode("utf-8", "replace").splitlines():
        name, colon, text = line.partition(": ")
        if colon and not name.startswith(";"):
            yield text


def test_every_example_does_what_it_says(library: RuleBook) -> None:
    """Those that must fire do, those that must not do not, through the real matcher and engine."""
    assert [str(problem) for problem in wrong_examples(library)] == []


def test_every_rule_about_words_has_examples_enough(library: RuleBook) -> None:
    """At least eight that fire and eight that do not, in both languages, none of them twice."""
    for rule_id, written in library.written.items():
        examples = written.shape.examples
        if rule_id in MEASURED:
            assert examples is None
            continue
        assert examples is not None, rule_id
        fires, quiet = sentences(examples.fires), sentences(examples.quiet)
        for language in Language:
            both = [*fires[language], *quiet[language]]
            assert len(fires[language]) >= LEAST_EXAMPLES, (rule_id, language)
            assert len(quiet[language]) >= LEAST_EXAMPLES, (rule_id, language)
            assert len(set(both)) == len(both), (rule_id, language)


def test_every_rule_says_what_it_looks_for(library: RuleBook) -> None:
    """A description, a name and an action in each language, and a deadline."""
    for rule in library.rules:
        assert rule.name_en, rule.rule_id
        assert rule.name_fr, rule.rule_id
        for english, french in ((rule.description_en, rule.description_fr), (rule.action_en, rule.action_fr)):
            assert english, rule.rule_id
            assert french, rule.rule_id
            assert english != french, rule.rule_id
        assert rule.deadline_s > 0


def test_a_rule_listens_to_its_own_side_only(library: RuleBook, matcher: Matcher) -> None:
    """What fires when the customer says it leaves the same rule quiet when the agent does, and the other way round."""
    for rule_id, written in library.written.items():
        trial = rule_examples(written.rule, AlertPolicy())
        if trial is None or rule_id == "card_read_aloud":  # whoever reads a card number aloud
            continue
        other = Speaker.AGENT if trial.speaker is Speaker.CUSTOMER else Speaker.CUSTOMER
        examples = written.shape.examples
        for language, said in sentences(examples.fires if examples else None).items():
            for text in said:
                hits = matcher.hits(an_utterance(text, language=language, speaker=other))
                assert rule_id not in {hit.rule_id for hit in hits}, text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("speaker", list(Speaker))
def test_neutral_speech_raises_nothing(
    library: RuleBook, matcher: Matcher, language: Language, speaker: Speaker
) -> None:
    """Hundreds of telephone prompts: no rule takes one for what it looks for."""
    hoped_for = missed_words(library)
    raised = {
        (hit.rule_id, text)
        for text in prompt_texts(language)
        for hit in matcher.hits(an_utterance(text, language=language, speaker=speaker))
        if hit.rule_id not in hoped_for
    }

    assert raised == set()


@pytest.mark.parametrize("rule_id", sorted(NEVER_QUIETED))
def test_no_rule_holds_back_a_danger(library: RuleBook, rule_id: str) -> None:
    """A threat to life is told whatever else was."""
    rule = next(rule for rule in library.rules if rule.rule_id == rule_id)

    assert rule.priority is Priority.HIGH
    assert rule.deadline_s <= 20
    assert not any(rule_id in other.inhibits for other in library.rules)


def test_few_rules_are_high() -> None:
    """If many flags are high, none is."""
    rules = load_rulebook([STARTER_RULES]).rules

    assert sum(rule.priority is Priority.HIGH for rule in rules) <= len(rules) / 4


def test_rules_that_need_a_centres_own_habits_are_out_of_service(library: RuleBook) -> None:
    """They are written, tested, and switched on by whoever wants them."""
    in_force = {rule.rule_id for rule in load_rulebook([STARTER_RULES]).rules}

    assert {rule.rule_id for rule in library.rules} - in_force == OUT_OF_SERVICE


@pytest.mark.parametrize(
    ("lesser", "text", "language"),
    [
        ("repeat_call", "C'est la troisième fois que j'appelle, et j'en ai marre.", FR),
        ("regulator", "Je vais prendre un avocat et saisir le médiateur.", FR),
        ("media_threat", "I will take you to court and write to the newspapers about it.", EN),
        ("broken_promise", "Nobody ever called me back, and today I want to cancel my subscription.", EN),
    ],
)
def test_a_lesser_rule_gives_way_to_the_one_that_says_it_all(
    library: RuleBook, matcher: Matcher, lesser: str, text: str, language: Language
) -> None:
    """Both are heard in one sentence; the coach is told once."""
    rules = {rule.rule_id: rule for rule in library.rules}
    heard = {hit.rule_id for hit in matcher.hits(an_utterance(text, language=language))}

    assert lesser in heard
    assert any(lesser in rules[rule_id].inhibits for rule_id in heard)
