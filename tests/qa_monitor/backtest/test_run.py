"""Rules tried on stored calls: the counts, the difference, and that a live call would have told the same."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from alerts.policy import AlertPolicy
from alerts.rulebook import STARTER_RULES, load_rulebook
from keywords.matcher import Matcher
from qa_monitor.backtest.books import Books, NoSuchRule
from qa_monitor.backtest.query import parse_query
from qa_monitor.backtest.run import Job, run_job
from qa_monitor.backtest.sieve import Sieve
from qa_monitor.records.errors import StoreError
from qa_monitor.store.calls.past import SqlitePastCalls
from streams.records import CallId, Gap, GapReason, Language, Speaker
from tests.qa_monitor.backtest.trials import CANCEL, RULE, a_file, only, outcome_of
from tests.qa_monitor.past import Past, a_past_call, chatter, keep

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT
SENTENCES = (
    (Language.FR, "Je voudrais résilier mon abonnement."),
    (Language.FR, "Je ne veux pas résilier, merci."),
    (Language.FR, "Il faut annuler mon rendez-vous de lundi."),
    (Language.FR, "Je demande un remboursement immédiat."),
    (Language.FR, "Je vais porter plainte contre vous."),
    (Language.FR, "D'accord, c'est très bien comme ça."),
    (Language.EN, "I want to cancel my subscription now."),
    (Language.EN, "That's no problem, thank you very much."),
    (Language.EN, "I'd like to speak to your supervisor."),
    (Language.EN, "I'm really disappointed, this is unacceptable."),
    (Language.EN, "Could I have a refund of thirty pounds?"),
)


def test_hits_calls_and_flags_are_counted(tmp_path: Path) -> None:
    """The second hit within a minute is no news; the agent's words and the negated ones are no hits."""
    calls = [
        a_past_call("c1", (5, CUSTOMER, "Je veux résilier."), (20, CUSTOMER, "Je veux résilier, enfin.")),
        a_past_call("c2", (5, AGENT, "Vous voulez résilier ?"), (9, CUSTOMER, "Je ne veux pas résilier.")),
        a_past_call("c3", (5, CUSTOMER, "I want to cancel this."), language=Language.EN),
    ]

    report = outcome_of(tmp_path, calls, a_file(tmp_path, CANCEL))

    count = only(report).count
    assert (count.hits, count.calls_hit, count.flags, dict(count.held)) == (3, 2, 2, {"repeat": 1})
    assert report.amount.calls == 3
    assert report.amount.call_s == 180
    assert report.flags_per_coach_hour == pytest.approx(2 / (180 / 3600) * 20)
    assert only(report).listening_min_per_1000_calls == pytest.approx((11 + 11 + 1 / 3) / 60 / 3 * 1000)
    assert {one.call_id for one in only(report).told} == {CallId("c1"), CallId("c3")}
    assert only(report).told[0].words[-1] in ("résilier.", "cancel")


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("language:en", {"c3"}),
        ("team:south", {"c2"}),
        ("agent:agent-south", {"c2"}),
        ("tenant:acme", {"c3"}),
        ("since:2026-03-03", {"c2", "c3"}),
        ("until:2026-03-03", {"c1"}),
        ("limit:1", {"c3"}),
        ("team:south language:en", set()),
    ],
)
def test_only_the_calls_asked_for_are_looked_at(tmp_path: Path, query: str, calls: set[str]) -> None:
    """The newest first."""
    said = (5, CUSTOMER, "Bonjour.")
    kept = [
        a_past_call("c1", said),
        a_past_call("c2", said, team="south", days=1),
        a_past_call("c3", said, language=Language.EN, tenant="acme", days=2),
    ]
    asyncio.run(keep(tmp_path, kept))

    past = SqlitePastCalls(tmp_path)

    assert {call.call_id for call in past.calls(parse_query(query))} == calls
    past.close()


def test_what_differs_from_the_rules_in_force_is_shown_with_its_moment(tmp_path: Path) -> None:
    calls = [
        a_past_call("c1", (5, CUSTOMER, "Je veux résilier.")),
        a_past_call("c2", (8, CUSTOMER, "Je vous quitte.")),
        a_past_call("c3", (5, CUSTOMER, "Je demande un remboursement.")),
    ]
    new = a_file(tmp_path, "{words: {phrases: {fr: [résilier, vous quitte]}}}", "new")
    old = a_file(tmp_path, "{words: {phrases: {fr: [résilier, remboursement]}}}", "old")

    found = only(outcome_of(tmp_path, calls, new, old=old)).difference

    assert found is not None
    assert (found.both, found.new, found.old) == (1, 1, 1)
    assert [(one.call_id, one.words) for one in found.only_new] == [("c2", ("vous", "quitte."))]
    assert [one.clip for one in found.only_old] == ["/v1/calls/c3/audio?start_s=0.0&end_s=11.3"]


def test_without_rules_in_force_nothing_is_compared(tmp_path: Path) -> None:
    report = outcome_of(tmp_path, [a_past_call("c1", (5, CUSTOMER, "Bonjour."))], a_file(tmp_path, CANCEL))

    assert only(report).difference is None
    assert only(report).in_force is None


def test_no_calls_give_no_rates(tmp_path: Path) -> None:
    report = outcome_of(tmp_path, [], a_file(tmp_path, CANCEL))

    assert (report.amount.calls, report.flags_per_coach_hour, report.work_min_per_1000_calls) == (0, None, None)


def test_a_missing_phrase_is_looked_for_in_every_call(tmp_path: Path) -> None:
    """Also in those without one of its words."""
    when = "{absent: {speaker: agent, within_s: 10, phrases: {fr: [bonjour]}}}"
    calls = [
        a_past_call("c1", (1, AGENT, "Bonjour madame."), (20, AGENT, "Je regarde.")),
        a_past_call("c2", (1, AGENT, "Oui allô ?"), (20, AGENT, "Bonjour.")),
    ]

    found = only(outcome_of(tmp_path, calls, a_file(tmp_path, when)))

    assert [one.call_id for one in found.told] == [CallId("c2")]


def test_silence_is_measured_between_what_was_said(tmp_path: Path) -> None:
    """Where audio is missing nobody knows that nobody spoke."""
    said = ((1, AGENT, "Un instant."), (40, AGENT, "Me voilà."))
    missing = Gap(call_id=CallId("c2"), channel=0, start_s=10, duration_s=20, reason=GapReason.LOST)
    quiet, lossy = a_past_call("c1", *said), a_past_call("c2", *said)
    lossy = Past(call=lossy.call, said=lossy.said, gaps=(missing,))

    found = only(outcome_of(tmp_path, [quiet, lossy], a_file(tmp_path, "{silence: {longer_than_s: 22}}")))

    assert [one.call_id for one in found.told] == [CallId("c1")]
    assert found.told[0].start_s == pytest.approx(1 + 2 / 3, abs=0.6)


def test_kept_emotion_scores_count(tmp_path: Path) -> None:
    said = [(5.0 * place, CUSTOMER, "Ce n'est pas normal du tout.") for place in range(1, 6)]
    calm, angry = a_past_call("c1", *said), a_past_call("c2", *said)
    angry = Past(call=angry.call, said=angry.said, angry=True)
    when = "{emotion: {is: anger, at_least: 0.6, utterances: 2, of_last: 3}}"

    found = only(outcome_of(tmp_path, [calm, angry], a_file(tmp_path, when)))

    assert [one.call_id for one in found.told] == [CallId("c2")]


def test_kept_scores_make_the_course_of_the_call_again(tmp_path: Path) -> None:
    """Upset for ten seconds, from utterances five seconds apart; good news counts as if it were told."""
    said = [(5.0 * place, CUSTOMER, "Ce n'est pas normal du tout.") for place in range(1, 10)]
    calm, upset = a_past_call("c1", *said), a_past_call("c2", *said)
    upset = Past(call=upset.call, said=upset.said, angry=True)
    wanted = a_file(tmp_path, "{course: {is: upset, for_s: 10}}")
    good = wanted.read_text(encoding="utf-8").replace("priority: high", "kind: good_news\n    priority: low")
    wanted.write_text(good, encoding="utf-8")

    found = only(outcome_of(tmp_path, [calm, upset], wanted))

    assert [one.call_id for one in found.told] == [CallId("c2")]


def test_a_rule_that_is_not_there_cannot_be_tested(tmp_path: Path) -> None:
    books = Books(new=(a_file(tmp_path, CANCEL),), only=("other",))

    with pytest.raises(NoSuchRule, match="other"):
        books.load(AlertPolicy())


def test_a_folder_without_a_database_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="data folder"):
        run_job(
            Job(
                past=SqlitePastCalls,
                data_dir=tmp_path,
                books=Books(new=(a_file(tmp_path, CANCEL),)),
                query=parse_query(""),
            )
        )


@pytest.mark.parametrize("wanted", ["cancellation", "refund", "legal_threat", "complaint"])
def test_the_sieve_lets_no_hit_fall(wanted: str) -> None:
    """Whatever a starter rule finds is in an utterance that it keeps, and it does let many fall."""
    rules = [rule for rule in load_rulebook([STARTER_RULES]).word_rules if rule.rule_id == wanted]
    matcher = Matcher(rules)
    said = [utterance for past in chatter(7, 30, SENTENCES) for utterance in past.said]
    texts = {language: [one.text for one in said if one.language is language] for language in Language}

    sieve = Sieve(rules, texts)

    fallen = [one for one in said if not sieve.keeps(one.text, one.language)]
    assert [one.text for one in fallen if matcher.hits(one)] == []
    assert len(said) / 2 < len(fallen) < len(said)


def test_a_word_written_in_two_is_kept() -> None:
    """Also where the speaker hesitated in the middle of it."""
    rules = [rule for rule in load_rulebook([STARTER_RULES]).word_rules if rule.rule_id == "cancellation"]
    texts = ["Je veux me désa bonner.", "Une ré euh siliation, oui.", "Il a des bonnes idées."]

    sieve = Sieve(rules, {Language.FR: texts})

    assert [sieve.keeps(text, Language.FR) for text in texts] == [True, True, False]


def test_the_whole_is_the_same_with_and_without_the_sieve_and_in_several_processes(tmp_path: Path) -> None:
    """A rule about time has every call replayed in full: the words rules beside it find the same."""
    words = a_file(tmp_path, CANCEL, "words")
    both = tmp_path / "both.yaml"
    silence = RULE.format(id="s", when="{silence: {longer_than_s: 500}}").replace("\nrules:\n", "")
    both.write_text(words.read_text() + silence, encoding="utf-8")
    calls = chatter(3, 12, SENTENCES)

    sieved = only(outcome_of(tmp_path, calls, words))
    data = tmp_path / "data"
    whole = run_job(
        Job(past=SqlitePastCalls, data_dir=data, books=Books(new=(both,)), query=parse_query(""), processes=1)
    )

    assert sieved.count.hits > 3
    assert whole.rules[0].count == sieved.count
    assert whole.rules[0].told == sieved.told
    assert whole.amount.calls_replayed == 12


@pytest.mark.slow
def test_several_processes_find_the_same(tmp_path: Path) -> None:
    words = a_file(tmp_path, CANCEL)
    one = only(outcome_of(tmp_path, chatter(3, 12, SENTENCES), words))

    job = Job(
        past=SqlitePastCalls, data_dir=tmp_path / "data", books=Books(new=(words,)), query=parse_query(""), processes=2
    )

    assert only(run_job(job)).count == one.count


def test_a_live_call_would_have_told_the_same(tmp_path: Path) -> None:
    """The same finals given to the judge of live calls: the same flags, by id."""
    from qa_monitor.call.judging.judge import CallJudge
    from qa_monitor.call.judging.judges import Judges
    from qa_monitor.rules.ruleset import fixed
    from streams.utterances.transcriber import Transcribed

    calls = chatter(11, 8, SENTENCES)
    book = load_rulebook([a_file(tmp_path, CANCEL)])
    judges = Judges(rules=fixed(book), policy=AlertPolicy(), voice=None)
    told = set()
    for past in calls:
        judge = CallJudge(past.call, judges)
        decisions = []
        for said in past.said:
            given = Transcribed(utterance=said, audio=np.zeros(1, np.float32), last_speech_s=said.end_s, distrust=None)
            decisions += [judged.decision for judged in judge.final(given, said.end_s + 0.7)]
        decisions += [judged.decision for judged in judge.finish(past.end_s)]
        decisions.append(judge.end(past.end_s)[1])
        told |= {flag.flag_id for decision in decisions for flag in decision.told}

    found = only(outcome_of(tmp_path, calls, tmp_path / "rule.yaml"))

    assert {one.flag_id for one in found.told} == told
    assert told
