"""The bundled calls, their scripts and the truth about them agree with each other and with the starter rules."""

from pathlib import Path

import pytest

from alerts.rulebook import STARTER_RULES, RuleBook, load_rulebook
from keywords.matcher import Matcher
from qa_monitor.demo.script import ScriptError, load_script
from qa_monitor.demo.truth import CALLS_DIR, CallTruth, SpokenLine, bundled_calls, load_truth, save_truth
from qa_monitor.simulator.recording import Recording, read_recording
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId, Word

BUNDLED = bundled_calls()
TRUTHS = [pytest.param(truth, id=truth.call_id) for _, truth in BUNDLED]
MOST_BYTES = 3_000_000
SHOWN = {
    *("cancellation", "legal_threat", "complaint", "refund", "supervisor", "competitor", "insult"),
    *("greeting_missing", "dead_air", "talk_over"),
}
"""The rules the bundled calls show; the library has more."""


@pytest.fixture(scope="module")
def rulebook() -> RuleBook:
    """The starter rules."""
    return load_rulebook([STARTER_RULES])


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """All bundled recordings, decoded once."""
    return {truth.call_id: read_recording(path) for path, truth in BUNDLED}


def as_utterance(line: SpokenLine, language: Language) -> Utterance:
    """The line as a perfect recogniser would write it, its words evenly spread."""
    texts = line.text.split()
    step_s = (line.end_s - line.start_s) / len(texts)
    words = tuple(
        Word(text=text, start_s=line.start_s + i * step_s, end_s=line.start_s + (i + 1) * step_s, probability=1.0)
        for i, text in enumerate(texts)
    )
    return Utterance(
        call_id=CallId("call"),
        utterance_id=UtteranceId("utterance"),
        speaker=line.speaker,
        channel=0 if line.speaker is Speaker.CUSTOMER else 1,
        start_s=line.start_s,
        end_s=line.end_s,
        text=line.text,
        words=words,
        language=language,
        confidence=1.0,
        final=True,
        revision=1,
    )


def test_every_call_has_script_recording_and_truth() -> None:
    """Whoever wants to change a call finds all three."""
    scripts = {path.stem for path in CALLS_DIR.glob("*.yaml")}
    recordings = {path.stem for path in CALLS_DIR.glob("*.flac")}
    truths = {path.stem for path in CALLS_DIR.glob("*.json")}

    assert scripts == recordings == truths
    assert scripts


def test_all_calls_together_stay_small() -> None:
    """They travel with the product."""
    assert sum(path.stat().st_size for path in CALLS_DIR.iterdir()) < MOST_BYTES


def test_both_languages_have_enough_to_prove() -> None:
    """At least 30 flags are expected, and each language has its share of flags and of traps."""
    expected = {language: 0 for language in Language}
    traps = {language: 0 for language in Language}
    for _, truth in BUNDLED:
        expected[truth.language] += len(truth.expected)
        traps[truth.language] += len(truth.must_not)

    assert sum(expected.values()) >= 30
    assert min(expected.values()) >= 12
    assert min(traps.values()) >= 5


def test_the_commonest_starter_rules_are_expected_in_both_languages(rulebook: RuleBook) -> None:
    """About words, what is missing and what is measured; none about the voice: a synthetic voice has no feelings."""
    assert {rule.rule_id for rule in rulebook.rules} >= SHOWN

    for language in Language:
        found = {flag.rule_id for _, truth in BUNDLED if truth.language is language for flag in truth.expected}
        assert found == SHOWN


def test_the_short_demo_is_one_call_per_language_with_early_flags() -> None:
    """Whoever tries it sees red flags within the first half minute."""
    quick = [truth for _, truth in bundled_calls(quick=True)]

    assert sorted(truth.language for truth in quick) == sorted(Language)
    for truth in quick:
        assert len(truth.expected) >= 3
        assert sum(flag.due_s < 30 for flag in truth.expected) >= 2


@pytest.mark.parametrize("truth", TRUTHS)
def test_the_recording_is_stereo_telephone_audio_as_long_as_the_truth_says(
    truth: CallTruth, recordings: dict[str, Recording]
) -> None:
    """The truth's seconds are the recording's."""
    recording = recordings[truth.call_id]

    assert recording.rate_hz == 8000
    assert recording.samples.shape == (round(truth.duration_s * 8000), 2)


@pytest.mark.parametrize("truth", TRUTHS)
def test_each_line_is_heard_on_its_own_channel(truth: CallTruth, recordings: dict[str, Recording]) -> None:
    """Customer on channel 0, agent on channel 1, and silence where nobody speaks."""
    samples = recordings[truth.call_id].samples
    quiet = samples.copy()
    for line in truth.utterances:
        channel = 0 if line.speaker is Speaker.CUSTOMER else 1
        first, last = int(line.start_s * 8000), int(line.end_s * 8000) + 1
        assert abs(samples[first:last, channel]).max() > 1000
        quiet[first:last, channel] = 0

    assert abs(quiet).max() < 100


@pytest.mark.parametrize("truth", TRUTHS)
def test_the_truth_follows_from_the_script(truth: CallTruth) -> None:
    """Nobody changed a script without rendering it again."""
    script = load_script(CALLS_DIR / f"{truth.call_id}.yaml")
    wanted = {(rule, phrase) for line in script.lines for rule, phrase in line.expect.items()}
    measured = {rule for line in script.lines for rule in (*line.silence, *line.overlap, *line.absence)}
    traps = {(rule, phrase) for line in script.lines for rule, phrase in line.traps.items()}

    assert script.id == truth.call_id
    assert [line.text for line in script.lines] == [line.text for line in truth.utterances]
    assert [line.speaker for line in script.lines] == [line.speaker for line in truth.utterances]
    assert {(flag.rule_id, flag.phrase) for flag in truth.expected if flag.phrase} == wanted
    assert {flag.rule_id for flag in truth.expected if not flag.phrase} == measured
    assert {(trap.rule_id, trap.phrase) for trap in truth.must_not} == traps
    assert {(one.rule_id, one.phrase) for one in truth.may} == {
        pair for line in script.lines for pair in line.may.items()
    }


@pytest.mark.parametrize("truth", TRUTHS)
def test_every_phrase_ends_within_its_line(truth: CallTruth) -> None:
    """A latency is measured from there."""
    for flag in truth.expected:
        lines = [line for line in truth.utterances if line.start_s < flag.due_s <= line.end_s + 0.01]
        if flag.phrase:
            assert any(flag.phrase in line.text and line.speaker is flag.speaker for line in lines)
        else:
            assert 0 < flag.due_s < truth.duration_s


@pytest.mark.parametrize("truth", TRUTHS)
def test_as_written_each_line_hits_exactly_the_rules_it_should(truth: CallTruth, rulebook: RuleBook) -> None:
    """Expected phrases hit, traps do not, and nothing else does but what an expected flag inhibits."""
    matcher = Matcher(rulebook.word_rules)
    inhibits = {rule.rule_id: set(rule.inhibits) for rule in rulebook.rules}
    absence = {"greeting_missing"}  # its phrases are hoped for
    beside_voice = {"patience_in_words_and_voice", "distress_in_words_and_voice"}  # words alone raise nothing

    for line in truth.utterances:
        hits = {hit.rule_id for hit in matcher.hits(as_utterance(line, truth.language))} - absence - beside_voice
        due = {
            flag.rule_id
            for flag in truth.expected
            if flag.phrase and flag.speaker is line.speaker and line.start_s < flag.due_s <= line.end_s + 0.01
        }
        assert due <= hits, line.text
        assert hits - due <= {lesser for rule_id in due for lesser in inhibits[rule_id]}, line.text


@pytest.mark.parametrize("truth", TRUTHS)
def test_latency_counts_from_the_first_words_that_suffice(truth: CallTruth, rulebook: RuleBook) -> None:
    """A flag may not look quick because the truth waits for words the rule does not need."""
    matcher = Matcher(rulebook.word_rules)

    for flag in truth.expected:
        for line in truth.utterances if flag.phrase else ():
            if line.speaker is not flag.speaker or not line.start_s < flag.due_s <= line.end_s + 0.01:
                continue
            utterance = as_utterance(line, truth.language)
            first_s = min(hit.end_s for hit in matcher.hits(utterance) if hit.rule_id == flag.rule_id)
            needed = sum(word.end_s <= first_s + 1e-6 for word in utterance.words)
            phrase_words = len(line.text[: line.text.index(flag.phrase) + len(flag.phrase)].split())
            assert phrase_words == needed, flag


def test_some_phrases_end_their_line_and_some_lie_inside_long_ones() -> None:
    """Both kinds, in both languages: the end waits for the endpoint, the inside for partials."""
    for language in Language:
        ends = inside = 0
        for _, truth in BUNDLED:
            for flag in truth.expected if truth.language is language else ():
                line = next((line for line in truth.utterances if line.start_s < flag.due_s <= line.end_s + 0.01), None)
                if line is None or not flag.phrase:
                    continue
                ends += line.end_s - flag.due_s < 0.3
                inside += line.end_s - line.start_s >= 7 and line.end_s - flag.due_s > 1
        assert ends >= 4
        assert inside >= 3


def test_a_truth_file_reads_back_as_written(tmp_path: Path) -> None:
    """Writing and reading are the same shape."""
    truth = BUNDLED[0][1]

    save_truth(truth, tmp_path / "truth.json")

    assert load_truth(tmp_path / "truth.json") == truth


def test_a_script_whose_phrase_is_not_in_the_line_is_refused(tmp_path: Path) -> None:
    """The message names file, line and words."""
    path = tmp_path / "call.yaml"
    path.write_text(
        "id: call\nlanguage: en\nagent_id: a\nteam: t\nvoices: {customer: customer, agent: agent}\n"
        "lines:\n  - {speaker: customer, text: Hello., expect: {refund: money back}}\n"
    )

    with pytest.raises(ScriptError, match=r"call\.yaml: line 1, refund: the words 'money back' are not in the line"):
        load_script(path)


def test_a_script_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    """A misspelt field does not go unnoticed."""
    path = tmp_path / "call.yaml"
    path.write_text("id: call\nlanguage: en\nagent_id: a\nteam: t\nvoices: {}\nlines: [{speaker: agent, txt: Hi}]\n")

    with pytest.raises(ScriptError, match=r"lines\.0\.txt"):
        load_script(path)
