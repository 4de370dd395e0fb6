"""What agents really say: an agent speaks for the company, so that much of what silences a customer does not hold."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from alerts.rulebook import STARTER_RULES, load_rulebook
from keywords.matcher import Matcher, WordRule
from keywords.phrases.phrase import PhraseSet
from streams.records import Language, Speaker
from tests.keywords.builders import an_utterance

HERE = Path(__file__).parent
SENTENCES = [
    (Language(language), one["text"], one["rule"], one["fires"])
    for language in Language
    for one in yaml.safe_load((HERE / f"agents_{language.value}.yaml").read_text(encoding="utf-8"))["sentences"]
]
A_REFUND = PhraseSet.compile({Language.EN: ("a full refund",)})
LEAST = 40
"""Sentences a language."""


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    """Of the starter rules, those out of service too."""
    switched_on = tmp_path_factory.mktemp("rules") / "rules.yaml"
    switched_on.write_text(STARTER_RULES.read_text(encoding="utf-8").replace("enabled: false", "enabled: true"))
    return Matcher(load_rulebook([switched_on]).word_rules)


@pytest.mark.parametrize(("language", "text", "rule", "fires"), SENTENCES)
def test_an_agent_s_sentence_is_judged_as_the_company_s_word(
    matcher: Matcher, language: Language, text: str, rule: str, fires: bool
) -> None:
    hits = matcher.hits(an_utterance(text, language, speaker=Speaker.AGENT))

    assert (rule in {hit.rule_id for hit in hits}) is fires


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_there_are_enough_sentences_of_both_kinds(language: Language) -> None:
    own = [fires for spoken, _, _, fires in SENTENCES if spoken is language]

    assert len(own) >= LEAST
    assert own.count(False) >= len(own) / 3


@pytest.mark.parametrize(
    ("speaker", "found"), [(Speaker.CUSTOMER, []), (Speaker.AGENT, ["agents"]), (Speaker.UNKNOWN, [])]
)
def test_only_rules_about_agents_take_what_is_passed_on_for_the_speaker_s_own(
    speaker: Speaker, found: list[str]
) -> None:
    """A rule about anybody asks for what is meant, whoever says it."""
    rules = [
        WordRule(rule_id="agents", rule_version="1", speaker=Speaker.AGENT, phrases=A_REFUND),
        WordRule(rule_id="anybody", rule_version="1", speaker=None, phrases=A_REFUND),
        WordRule(rule_id="customers", rule_version="1", speaker=Speaker.CUSTOMER, phrases=A_REFUND),
    ]
    hits = Matcher(rules).hits(an_utterance("my manager said you get a full refund", Language.EN, speaker=speaker))

    assert [hit.rule_id for hit in hits] == found


@pytest.mark.parametrize(("even_reported", "found"), [(True, 1), (False, 0)])
def test_what_the_customer_was_told_counts_where_a_rule_asks_for_reports(even_reported: bool, found: int) -> None:
    told = tuple(replace(phrase, even_reported=even_reported) for phrase in A_REFUND.of(Language.EN))
    phrases = PhraseSet(by_language={Language.EN: told})
    rule = WordRule(rule_id="agents", rule_version="1", speaker=Speaker.AGENT, phrases=phrases)
    text = "my colleague told you that you get a full refund"

    assert len(Matcher([rule]).hits(an_utterance(text, Language.EN, speaker=Speaker.AGENT))) == found
