"""Rules that change in the middle of a call: what was heard and flagged is kept, what is new holds from now on."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from alerts.policy import AlertPolicy
from alerts.records import Decision, FlagState, HoldReason
from alerts.rulebook import load_rulebook
from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.judging.judges import Judges
from qa_monitor.rules.ruleset import RuleSet, a_set, demoting_set
from streams.records import CallStarted, Language, Utterance
from streams.utterances.transcriber import Transcribed
from tests.qa_monitor.builders import a_call, an_utterance
from tests.qa_monitor.rule_texts import a_file_text, a_rule_text

CANCEL, REFUND = "I want to cancel my contract", "I want my money back"
CANCELLATION, MONEY = a_rule_text(), a_rule_text("refund", "money back")


@dataclass(slots=True)
class Changing:
    """Rules that a test changes; one team may have its own."""

    rules: RuleSet
    of_sales: RuleSet | None = None

    def of(self, tenant: str, team: str) -> RuleSet:
        return self.of_sales if team == "sales" and self.of_sales is not None else self.rules


@dataclass(slots=True)
class Call:
    """A call in the course of being judged."""

    folder: Path
    rules: Changing
    judge: CallJudge
    call: CallStarted

    @classmethod
    def of(cls, folder: Path, *rules: str) -> "Call":
        changing = Changing(compiled(folder, *rules))
        judges = Judges(rules=changing, policy=AlertPolicy(), voice=None)
        return cls(folder, changing, CallJudge(a_call(), judges), a_call())

    def change(self, *rules: str) -> None:
        """Other rules come into force."""
        self.rules.rules = compiled(self.folder, *rules)

    def says(self, text: str, start_s: float) -> Decision:
        """The customer has spoken."""
        transcribed = Transcribed(
            utterance=spoken(text, start_s),
            audio=np.zeros(0, np.float32),
            last_speech_s=start_s + 2,
            distrust=None,
            lost=False,
        )
        decisions = [one.decision for one in self.judge.final(transcribed, start_s + 2)]
        assert len(decisions) == 1
        return decisions[0]

    def is_saying(self, text: str, start_s: float) -> Decision:
        """The customer speaks: twice the same guess."""
        guess = replace(spoken(text, start_s), final=False)
        self.judge.partial(guess, start_s + 1)
        return self.judge.partial(replace(guess, revision=2), start_s + 1.5)[1]


def spoken(text: str, start_s: float) -> Utterance:
    utterance = an_utterance(start_s, text=text)
    step_s = 2.0 / len(text.split())
    words = tuple(
        replace(utterance.words[0], text=word, start_s=start_s + place * step_s, end_s=start_s + (place + 1) * step_s)
        for place, word in enumerate(text.split())
    )
    return replace(utterance, words=words, language=Language.EN)


def compiled(folder: Path, *rules: str) -> RuleSet:
    path = folder / "rules.yaml"
    path.write_text(a_file_text(*rules), encoding="utf-8")
    return a_set(load_rulebook([path]))


def told(decision: Decision) -> list[tuple[str, FlagState]]:
    return [(flag.rule_id, flag.state) for flag in decision.told]


def test_a_rule_that_stays_tells_nothing_twice(tmp_path: Path) -> None:
    """Nor does it forget what repeats and what waits for its final."""
    call = Call.of(tmp_path, CANCELLATION)
    raised = call.is_saying(CANCEL, 10)
    call.change(CANCELLATION, MONEY)
    confirmed = call.says(CANCEL, 10)
    repeated = call.says(CANCEL, 30)
    after = call.says(CANCEL, 100)

    assert told(raised) == [("cancellation", FlagState.RAISED)]
    assert told(confirmed) == [("cancellation", FlagState.CONFIRMED)]
    assert confirmed.told[0].flag_id == raised.told[0].flag_id
    assert (told(repeated), [one.reason for one in repeated.held]) == ([], [HoldReason.REPEAT])
    assert told(after) == [("cancellation", FlagState.CONFIRMED)]


def test_the_flags_are_those_of_a_call_without_any_change(tmp_path: Path) -> None:
    """Same ids, whatever else came and went meanwhile."""
    still, changed = Call.of(tmp_path, CANCELLATION, MONEY), Call.of(tmp_path, CANCELLATION)
    same = [one.flag_id for start_s in (10, 100) for one in still.says(CANCEL, start_s).told]
    first = changed.says(CANCEL, 10)
    changed.change(CANCELLATION, MONEY)
    second = changed.says(CANCEL, 100)

    assert [one.flag_id for one in (*first.told, *second.told)] == same


def test_a_new_rule_holds_for_what_is_said_from_now_on(tmp_path: Path) -> None:
    call = Call.of(tmp_path, CANCELLATION)
    before = call.says(REFUND, 10)
    call.change(CANCELLATION, MONEY)
    after = call.says(REFUND, 20)

    assert told(before) == []
    assert told(after) == [("refund", FlagState.CONFIRMED)]


def test_a_rule_that_is_gone_tells_nothing_more_and_takes_back_what_it_raised(tmp_path: Path) -> None:
    """No coach is left with a flag that nothing will ever confirm."""
    call = Call.of(tmp_path, CANCELLATION, MONEY)
    raised = call.is_saying(REFUND, 10)
    call.change(CANCELLATION)
    final = call.says(REFUND, 10)

    assert told(raised) == [("refund", FlagState.RAISED)]
    assert told(final) == [("refund", FlagState.WITHDRAWN)]
    assert told(call.says(REFUND, 100)) == []


def test_a_demoted_rule_is_held_and_is_told_again_when_it_is_no_more(tmp_path: Path) -> None:
    call = Call.of(tmp_path, MONEY)
    allowed = call.rules.rules
    version = (allowed.book.rules[0].rule_id, allowed.book.rules[0].rule_version)
    call.rules.rules = demoting_set(allowed, frozenset({version}))
    held = call.says(REFUND, 10)
    call.rules.rules = allowed
    again = call.says(REFUND, 100)

    assert (told(held), [one.reason for one in held.held]) == ([], [HoldReason.DEMOTED])
    assert told(again) == [("refund", FlagState.CONFIRMED)]


def test_verdicts_on_another_version_demote_nothing(tmp_path: Path) -> None:
    rules = compiled(tmp_path, MONEY)

    assert demoting_set(rules, frozenset({("refund", "an older one")})) is rules


@pytest.mark.parametrize("team", ["sales", "other"])
def test_a_call_that_is_handed_on_goes_by_the_rules_of_the_new_team(tmp_path: Path, team: str) -> None:
    call = Call.of(tmp_path, CANCELLATION)
    call.rules.of_sales = compiled(tmp_path, MONEY)
    call.judge.handed(replace(call.call, team=team))

    assert [name for name, _ in told(call.says(REFUND, 10))] == (["refund"] if team == "sales" else [])
