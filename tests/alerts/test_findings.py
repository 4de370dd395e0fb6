"""Rules of several conditions in one call: what raises them, once, with all that they rest on."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from alerts.records import FlagState, HoldReason
from alerts.rulebook import demoting
from streams.records import Direction, Language
from tests.alerts.builders import a_call, angry, some_dynamics
from tests.alerts.played import Played, a_book, a_rule_text, words

CANCEL, LAWYER, OFFER = words("to cancel"), words("my lawyer"), words("special offer", speaker="agent")


def one_rule(when: str) -> Played:
    return Played(a_book(a_rule_text(when)))


def test_all_needs_each_part_and_lights_every_word() -> None:
    """From whatever utterances they come; the evidence lists them in order of time."""
    call = one_rule(f"{{all: [{CANCEL}, {LAWYER}], within_s: 30}}")

    assert call.customer("I want to cancel", 10.0).told == ()
    (flag,) = call.customer("or I call my lawyer", 20.0).told

    assert [word.text for word in flag.evidence.words] == ["to", "cancel", "my", "lawyer"]
    assert flag.evidence.utterance_ids == ("0-10.00", "0-20.00")
    assert flag.evidence.text == "I want to cancel … or I call my lawyer"
    assert flag.evidence.phrase == "to cancel + my lawyer"
    assert (flag.start_s < 12.0, flag.end_s) == (True, 22.0)


def test_all_ends_at_its_distance() -> None:
    """The two are 30 s and a little apart."""
    call = one_rule(f"{{all: [{CANCEL}, {LAWYER}], within_s: 30}}")
    call.customer("I want to cancel", 10.0)
    call.customer("I call my lawyer", 42.0)

    assert call.told == []


def test_words_count_for_one_flag_only() -> None:
    """A second flag needs words of its own, not the second half alone."""
    call = one_rule(f"{{all: [{CANCEL}, {LAWYER}]}}")
    call.customer("I want to cancel", 10.0)
    call.customer("I call my lawyer", 20.0)
    call.customer("yes my lawyer", 200.0)
    assert len(call.told) == 1

    call.customer("I want to cancel", 210.0)
    assert len(call.told) == 2


def test_words_still_being_said_raise_and_the_final_settles() -> None:
    """The flag keeps its id; a final that does not say it takes it back."""
    call = one_rule(f"{{all: [{CANCEL}, {LAWYER}]}}")
    call.customer("I want to cancel", 10.0)
    call.saying("I call my lawyer", 20.0)
    call.customer("I call my lawyer", 20.0)
    assert [(flag.state, flag.flag_id == call.told[0].flag_id) for flag in call.told] == [
        (FlagState.RAISED, True),
        (FlagState.CONFIRMED, True),
    ]

    other = one_rule(f"{{all: [{CANCEL}, {LAWYER}]}}")
    other.customer("I want to cancel", 10.0)
    other.saying("I call my lawyer", 20.0)
    other.customer("I call my layer", 20.0)
    assert [flag.state for flag in other.told] == [FlagState.RAISED, FlagState.WITHDRAWN]


def test_none_bars_what_comes_after_it() -> None:
    """An offer made within a minute: nothing to tell. After that it no longer counts."""
    when = f"{{all: [{CANCEL}, {{none: [{OFFER}], within_s: 60}}]}}"
    call = one_rule(when)
    call.agent("we have a special offer", 10.0)
    call.customer("I want to cancel", 20.0)
    assert call.told == []

    call.customer("I want to cancel", 120.0)
    assert len(call.told) == 1


def test_a_sequence_minds_the_order() -> None:
    """Asked to cancel, then a lawyer; not the other way round."""
    when = f"{{sequence: {{steps: [{CANCEL}, {LAWYER}], within_s: 60}}}}"
    backwards = one_rule(when)
    backwards.customer("I call my lawyer", 10.0)
    backwards.customer("I want to cancel", 20.0)
    assert backwards.told == []

    forwards = one_rule(when)
    forwards.customer("I want to cancel", 10.0)
    forwards.customer("I call my lawyer", 20.0)
    assert len(forwards.told) == 1


def test_a_silence_may_be_a_step() -> None:
    """Nobody speaks for ten seconds, and then the customer asks whether anyone is there."""
    when = f"{{sequence: {{steps: [{{silence: {{longer_than_s: 10}}}}, {words('anyone there')}], within_s: 10}}}}"
    call = one_rule(when)
    call.note([call.watch.on_dynamics(some_dynamics(30.0, silence_s=10.0))])
    call.note([call.watch.on_dynamics(some_dynamics(33.0, silence_s=13.0))])
    (flag,) = call.customer("is anyone there", 34.0).told

    assert (flag.start_s, flag.end_s) == (20.0, 36.0)
    assert [measured.name for measured in flag.evidence.measured] == ["silence_s", "certainty"]
    assert "Nobody has spoken" in flag.evidence.explanation_en


def test_repetition_counts_occurrences_in_time() -> None:
    """Three times within a minute; then the count starts again."""
    call = one_rule("{repeated: {of: {speaker: customer, phrases: {en: [call back]}}, times: 3, within_s: 60}}")
    for start_s in (0.0, 50.0, 65.0):
        call.customer("please call back", start_s)
    assert call.told == []

    call.customer("please call back", 70.0)
    assert len(call.told) == 1
    call.customer("please call back", 75.0)
    assert len(call.told) + len(call.held) == 1


def test_words_close_to_one_another_in_one_utterance() -> None:
    """At most two words between them; two utterances are never close."""
    when = f"{{all: [{words('cancel')}, {words('contract')}], within_words: 2}}"
    call = one_rule(when)
    call.customer("cancel at once that old contract", 0.0)
    call.customer("I cancel", 100.0)
    call.customer("contract then", 103.0)
    assert call.told == []

    call.customer("cancel that old contract", 200.0)
    assert len(call.told) == 1


@pytest.mark.parametrize(
    ("window", "starts", "told"),
    [
        ("{first_s: 30}", (10.0, 100.0), [10.0]),
        ("{last_s: 30}", (10.0, 100.0), [100.0]),
        ("{during_hold: true}", (10.0, 100.0), [100.0]),
        ("{after: offered, within_s: 30}", (10.0, 70.0, 110.0), [70.0]),
        ("{after: offered}", (10.0, 110.0, 170.0), [110.0, 170.0]),
    ],
)
def test_words_count_in_their_window_only(window: str, starts: tuple[float, ...], told: list[float]) -> None:
    """The offer is made at 60 s, the hold lasts from 90 s on, the call ends at 120 s or later."""
    offered = a_rule_text(OFFER, rule_id="offered", priority="low")
    windowed = a_rule_text(words("cancel", more=f", window: {window}"), more="    repeat_after_s: 1\n")
    call = Played(a_book(offered, windowed))
    events = [(start_s, "cancel it") for start_s in starts] + [(60.0, "a special offer"), (90.0, "")]
    for start_s, text in sorted(events):
        if not text:
            call.watch.on_hold(start_s)
        elif "offer" in text:
            call.agent(text, start_s)
        else:
            call.customer(text, start_s)
    call.end(120.0)

    found = [flag.evidence.utterance_ids[0] for flag in call.told if flag.rule_id == "rule"]
    assert found == [f"0-{start_s:.2f}" for start_s in told]


def test_a_hold_ends() -> None:
    """What is said after it does not count; telling the same twice changes nothing."""
    call = one_rule(words("cancel", more=", window: {during_hold: true}"))
    for _ in range(2):
        call.watch.on_hold(10.0)
    for _ in range(2):
        call.watch.on_resume(20.0)

    assert call.customer("cancel it", 30.0).told == ()
    assert len(call.customer("cancel it", 17.0).told) == 1


def test_negated_words_count_where_a_rule_says_so() -> None:
    """By default a negation takes them away."""
    plain, counting = one_rule(words("cancel")), one_rule(words("cancel", more=", negated: count"))

    assert plain.customer("I do not want to cancel", 0.0).told == ()
    assert len(counting.customer("I do not want to cancel", 0.0).told) == 1


def test_reported_words_count_where_a_rule_says_so() -> None:
    """By default what others said is not the customer's; where it counts, what is negated still does not."""
    plain, counting = one_rule(words("cancel")), one_rule(words("cancel", more=", reported: count"))

    assert plain.customer("my son says I should cancel", 0.0).told == ()
    assert counting.customer("my son says I should not cancel", 0.0).told == ()
    assert len(counting.customer("my son says I should cancel", 9.0).told) == 1


def test_a_rule_may_ask_for_more_certainty() -> None:
    """Words heard with 0.9 give 0.95: enough for most, not for all."""
    call = one_rule(words("cancel", more=", certainty: 0.99"))

    (held,) = call.customer("I want to cancel", 0.0).held
    assert held.reason is HoldReason.UNCONFIRMED


def test_a_rule_may_be_for_some_calls() -> None:
    """Team, direction, language and what the provider said besides: all must fit."""
    when = (
        f"{{all: [{CANCEL}, {{call: {{team: [sales, care], direction: inbound, language: [en], "
        f"metadata: {{queue: gold}}}}}}]}}"
    )
    metadata = MappingProxyType({"queue": "gold"})
    fits = replace(a_call(), team="care", direction=Direction.INBOUND, metadata=metadata)
    others = (
        replace(fits, team="tech"),
        replace(fits, direction=Direction.OUTBOUND),
        replace(fits, language=Language.FR),
        replace(fits, metadata=MappingProxyType({})),
    )

    assert len(Played(a_book(a_rule_text(when)), fits).customer("I want to cancel", 0.0).told) == 1
    for other in others:
        assert Played(a_book(a_rule_text(when)), other).customer("I want to cancel", 0.0).told == ()


def test_a_call_may_go_to_another_team() -> None:
    """From then on that team's rules hold."""
    call = one_rule(f"{{all: [{CANCEL}, {{call: {{team: [care]}}}}]}}")
    assert call.customer("I want to cancel", 0.0).told == ()

    call.watch.on_team("care")
    assert len(call.customer("I want to cancel", 10.0).told) == 1


def test_a_measure_must_stay_beyond_its_limit() -> None:
    """The agent talks 80 % of the time for 20 s, after the first minute."""
    call = one_rule("{dynamics: {measure: agent_talk_share, above: 0.8, for_s: 20, not_before_s: 60}}")

    def at(now_s: float, share: float) -> int:
        dynamics = replace(some_dynamics(now_s), talk_share={"agent": share, "customer": 1 - share})
        return len(call.watch.on_dynamics(dynamics).told)

    shares = [(30.0, 0.9), (59.0, 0.9), (60.0, 0.9), (70.0, 0.7), (80.0, 0.9), (99.0, 0.9), (100.0, 0.9), (150.0, 0.9)]
    assert [at(now_s, share) for now_s, share in shares] == [0, 0, 0, 0, 0, 0, 1, 0]


def test_emotion_and_words_together() -> None:
    """The voice is angry while they say it, or shortly before."""
    when = f"{{all: [{{emotion: {{is: anger, at_least: 0.6, utterances: 2, of_last: 3}}}}, {CANCEL}], within_s: 20}}"
    call = one_rule(when)
    for start_s in (0.0, 10.0, 20.0, 30.0):
        call.note([call.watch.on_final(angry(start_s), start_s + 2.5)])
    (flag,) = call.customer("I want to cancel", 40.0).told

    assert {measured.name for measured in flag.evidence.measured} == {"anger", "utterances", "certainty"}


def test_what_should_follow_is_awaited_from_the_other_rule_on() -> None:
    """An apology within 30 s of the complaint, told once nothing more can come; said in time, nothing."""
    complains = a_rule_text(words("complain"), rule_id="complains", priority="medium")
    sorry = a_rule_text("{absent: {speaker: agent, phrases: {en: [sorry]}, after: complains, within_s: 30}}")
    silent = Played(a_book(complains, sorry))
    silent.customer("I want to complain", 10.0)
    silent.agent("and now what", 20.0)
    silent.agent("so", 50.0)
    assert [flag.rule_id for flag in silent.told] == ["complains", "rule"]
    assert silent.told[1].evidence.explanation_en == "Not heard from the agent within 30 s."

    polite = Played(a_book(complains, sorry))
    polite.customer("I want to complain", 10.0)
    polite.agent("I am sorry", 20.0)
    polite.agent("so", 50.0)
    polite.end(100.0)
    assert [flag.rule_id for flag in polite.told] == ["complains"]


def test_what_should_close_a_call_is_judged_at_its_end() -> None:
    """A good-bye in the last 20 s; one said long before does not do."""
    when = "{absent: {speaker: agent, phrases: {en: [goodbye]}, last_s: 20}}"
    for start_s, told in ((95.0, 0), (50.0, 1)):
        call = one_rule(when)
        call.agent("goodbye", start_s)
        call.agent("right", 98.0)
        assert len(call.end(110.0).told) == told


def test_a_rule_in_shadow_tells_nobody_and_counts_as_if_it_did() -> None:
    """Its flags are held as shadow, those a coach would not have been told of for the usual reason."""
    call = Played(a_book(a_rule_text(CANCEL, more="    shadow: true\n")))
    call.saying("I want to cancel", 0.0)
    call.customer("I want to cancel", 0.0)
    call.customer("I want to cancel", 20.0)

    assert call.told == []
    assert [held.reason for held in call.held] == [HoldReason.SHADOW, HoldReason.REPEAT]


def test_a_rule_in_shadow_holds_back_no_other() -> None:
    """What nobody was told inhibits nothing."""
    shadow = a_rule_text(CANCEL, rule_id="draft", more="    shadow: true\n    inhibits: [lesser]\n")
    call = Played(a_book(shadow, a_rule_text(CANCEL, rule_id="lesser", priority="low")))

    assert [flag.rule_id for flag in call.customer("I want to cancel", 0.0).told] == ["lesser"]


def test_a_demoted_rule_stays_on_the_timeline() -> None:
    """By the application's judgement."""
    call = Played(demoting(a_book(a_rule_text(CANCEL)), frozenset({"rule"})))

    (held,) = call.customer("I want to cancel", 0.0).held
    assert held.reason is HoldReason.DEMOTED


def test_another_book_may_come_into_force_during_a_call() -> None:
    """What was told is no news under the new one, and unchanged rules remember what they heard."""
    both = a_rule_text(f"{{all: [{CANCEL}, {LAWYER}]}}", rule_id="both")
    call = Played(a_book(both, a_rule_text(CANCEL)))
    call.customer("I want to cancel", 0.0)
    assert len(call.told) == 1

    new = a_book(both, a_rule_text(words("to cancel", "cancel it")))
    call.watch.adopt(new)
    call.matcher = Played(new).matcher
    call.customer("so cancel it", 20.0)
    call.customer("or I call my lawyer", 25.0)

    assert [flag.rule_id for flag in call.told] == ["rule", "both"]
    assert [held.reason for held in call.held] == [HoldReason.REPEAT]


def test_a_book_that_comes_too_late_asks_nothing_of_the_first_words() -> None:
    """The greeting was said, or not, before the rule was there."""
    greeting = a_rule_text("{absent: {speaker: agent, phrases: {en: [hello]}, within_s: 20}}")
    call = Played(a_book(a_rule_text(CANCEL, rule_id="other")))
    call.agent("hello", 0.0)
    call.watch.adopt(a_book(greeting))
    call.agent("and now", 30.0)

    assert call.end(100.0).told == ()


def test_the_same_call_gives_the_same_flags() -> None:
    """Byte for byte, with every kind of condition in the book."""

    def played() -> str:
        book = a_book(
            a_rule_text(f"{{all: [{CANCEL}, {LAWYER}, {{none: [{OFFER}]}}], within_s: 60}}", rule_id="a"),
            a_rule_text(f"{{any: [{CANCEL}, {{silence: {{longer_than_s: 5}}}}]}}", rule_id="b", priority="low"),
            a_rule_text(words("lawyer", more=", window: {after: b}"), rule_id="c"),
        )
        call = Played(book)
        call.saying("I want to cancel", 0.0)
        call.customer("I want to cancel", 0.0)
        call.note([call.watch.on_dynamics(some_dynamics(20.0, silence_s=6.0))])
        call.customer("I call my lawyer", 30.0)
        call.end(60.0)
        return repr(call.decisions)

    assert played() == played()


def test_memory_stays_bounded_however_long_the_call() -> None:
    """Hundreds of halves, and the other half in the end: the flag rests on the latest."""
    call = one_rule(f"{{all: [{CANCEL}, {LAWYER}]}}")
    utterances = [call.customer("I want to cancel", float(number) * 3) for number in range(500)]

    assert len(utterances) == 500
    assert len(call.customer("I call my lawyer", 1600.0).told) == 1
    assert len(call.told[0].evidence.utterance_ids) == 2
