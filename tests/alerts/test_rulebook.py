"""Rule files become one rule book."""

from pathlib import Path

from alerts.conditions import DeadAir, EmotionPersists, PhraseAbsent, TalkOver, WordsSaid
from alerts.rulebook import RuleBook, load_rulebook
from sentiment.records import Emotion
from streams.records import Speaker
from tests.alerts.rule_texts import DYNAMICS, GOOD


def book(tmp_path: Path, *texts: str) -> RuleBook:
    files = [tmp_path / f"{number}.yaml" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return load_rulebook(files)


def test_each_kind_of_condition_is_read(tmp_path: Path) -> None:
    """What the file says is what the rule looks for."""
    conditions = {
        "a": "{words: {phrases: {en: [to cancel]}}}",
        "b": "{absent: {speaker: agent, phrases: {en: [hello]}, within_s: 20}}",
        "c": "{silence: {longer_than_s: 15}}",
        "d": "{talk_over: {longer_than_s: 3}}",
        "e": "{emotion: {is: anger, at_least: 0.6, utterances: 3, of_last: 4}}",
    }
    rules = [
        DYNAMICS.removeprefix("rules:\n").replace("refund", name).replace("when:", f"when: {when}")
        for name, when in conditions.items()
    ]

    said, absent, silence, over, felt = (rule.when for rule in book(tmp_path, "rules:\n" + "".join(rules)).rules)

    assert isinstance(said, WordsSaid)
    assert said.speaker is None
    assert isinstance(absent, PhraseAbsent)
    assert (absent.speaker, absent.within_s) == (Speaker.AGENT, 20.0)
    assert silence == DeadAir(longer_than_s=15.0)
    assert over == TalkOver(longer_than_s=3.0)
    assert felt == EmotionPersists(emotion=Emotion.ANGER, at_least=0.6, utterances=3, of_last=4)


def test_the_matcher_gets_the_rules_about_words_only(tmp_path: Path) -> None:
    """Absent phrases are listened for as well."""
    silence = DYNAMICS.removeprefix("rules:\n").replace("refund", "quiet")
    text = GOOD + silence.replace("when:", "when: {silence: {longer_than_s: 15}}")

    loaded = book(tmp_path, text)

    assert [rule.rule_id for rule in loaded.rules] == ["refund", "quiet"]
    assert [(rule.rule_id, rule.rule_version) for rule in loaded.word_rules] == [
        ("refund", loaded.rules[0].rule_version)
    ]


def test_a_later_file_replaces_a_rule(tmp_path: Path) -> None:
    """So the starter rules stay untouched when a QA lead changes one."""
    loaded = book(tmp_path, GOOD, GOOD.replace("180", "30"))

    assert [rule.deadline_s for rule in loaded.rules] == [30.0]


def test_a_later_file_switches_a_rule_off(tmp_path: Path) -> None:
    """A rule that is off is not listened for at all."""
    loaded = book(tmp_path, GOOD, GOOD.replace("    when:", "    enabled: false\n    when:"))

    assert loaded.rules == ()
    assert loaded.word_rules == ()


def test_versions_follow_the_content_alone(tmp_path: Path) -> None:
    """A comment changes no version; a threshold changes that of its rule and of the book."""
    first = book(tmp_path, GOOD)
    commented = book(tmp_path, "# a comment\n" + GOOD)
    changed = book(tmp_path, GOOD.replace("180", "181"))

    assert (commented.version, commented.rules[0].rule_version) == (first.version, first.rules[0].rule_version)
    assert changed.version != first.version
    assert changed.rules[0].rule_version != first.rules[0].rule_version


def test_a_rule_may_inhibit_one_of_another_file(tmp_path: Path) -> None:
    """References are checked once all files are merged."""
    high = GOOD.replace("id: refund", "id: threat").replace("medium", "high")

    loaded = book(tmp_path, GOOD, high.replace("    when:", "    inhibits: [refund]\n    when:"))

    assert loaded.rules[1].inhibits == ("refund",)


def test_no_file_gives_an_empty_rule_book() -> None:
    """A centre may watch calls without any rule."""
    assert load_rulebook([]).rules == ()
