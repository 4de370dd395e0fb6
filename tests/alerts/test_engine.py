"""One call from partials to the last decision."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from alerts.conditions import DeadAir, EmotionPersists, PhraseAbsent, TalkOver, WordsSaid
from alerts.engine import PUT_OFF_EN, PUT_OFF_FR, CallWatch
from alerts.flags import flag_id
from alerts.policy import AlertPolicy
from alerts.records import Decision, FlagState, HoldReason, Measured, Priority, ScoredUtterance
from alerts.rule import Rule
from alerts.rulebook import RuleBook
from keywords.phrases.phrase import PhraseSet
from keywords.records import KeywordHit
from sentiment.records import Emotion
from streams.records import CallId, Language, Speaker
from tests.alerts.builders import CALL, a_call, a_hit, a_rule, a_score, an_utterance, angry, some_dynamics

HELLO = PhraseSet.compile({Language.EN: ["hello"]})
RULES = (
    a_rule("cancellation", inhibits=("complaint",)),
    a_rule("complaint", priority=Priority.MEDIUM),
    a_rule("greeting", priority=Priority.LOW, when=PhraseAbsent(speaker=Speaker.AGENT, phrases=HELLO, within_s=20.0)),
    a_rule("silence", priority=Priority.MEDIUM, when=DeadAir(longer_than_s=15.0)),
    a_rule("talk_over", priority=Priority.LOW, when=TalkOver(longer_than_s=3.0)),
    a_rule(
        "anger",
        priority=Priority.MEDIUM,
        when=EmotionPersists(emotion=Emotion.ANGER, at_least=0.6, utterances=2, of_last=3),
    ),
)


def a_watch(rules: Sequence[Rule] = RULES) -> CallWatch:
    return CallWatch(a_call(), RuleBook(rules=tuple(rules), version="1"), AlertPolicy())


def partial(watch: CallWatch, start_s: float, *hits: KeywordHit, trusted: bool = True) -> Decision:
    utterance = an_utterance("I want to can", start_s=start_s, final=False, trusted=trusted)
    return watch.on_partial(utterance, hits, start_s + 1.0)


def final(watch: CallWatch, start_s: float, *hits: KeywordHit, trusted: bool = True) -> Decision:
    utterance = an_utterance(start_s=start_s, trusted=trusted)
    return watch.on_final(ScoredUtterance(utterance=utterance, hits=hits), start_s + 3.0)


def told(decision: Decision) -> list[tuple[str, str]]:
    return [(flag.rule_id, flag.state.value) for flag in decision.told]


def held(decision: Decision) -> list[tuple[str, str]]:
    return [(held.flag.rule_id, held.reason.value) for held in decision.held]


def test_agreed_partial_words_raise_and_the_final_confirms_the_same_flag() -> None:
    """One flag, told twice: at once, and with the final's words."""
    watch = a_watch()
    (raised,) = partial(watch, 20.0, a_hit(start_s=20.5)).told
    (confirmed,) = final(watch, 20.0, a_hit(start_s=20.6)).told

    assert (raised.state, confirmed.state) == (FlagState.RAISED, FlagState.CONFIRMED)
    assert raised.flag_id == confirmed.flag_id == flag_id(CALL, "cancellation", "0-20.00")
    assert raised.raised_s == confirmed.raised_s == 21.0
    assert confirmed.evidence.text == "I want to cancel my contract."
    assert confirmed.start_s == 20.6


def test_a_final_without_the_words_withdraws_the_flag() -> None:
    """The coach sees that it was not said after all."""
    watch = a_watch()
    partial(watch, 20.0, a_hit())

    assert told(final(watch, 20.0)) == [("cancellation", "withdrawn")]


def test_what_waits_for_a_final_is_withdrawn_once_nobody_follows_the_call() -> None:
    """And says why, in both languages; what a final has confirmed stays, and a second time changes nothing."""
    watch = a_watch()
    final(watch, 5.0, a_hit("complaint"))
    partial(watch, 20.0, a_hit())

    decision = watch.put_off(21.0)

    assert told(decision) == [("cancellation", "withdrawn")]
    (flag,) = decision.told
    assert flag.evidence.explanation_en.startswith(PUT_OFF_EN)
    assert flag.evidence.explanation_fr.startswith(PUT_OFF_FR)
    assert watch.put_off(22.0).told == ()
    assert watch.on_end(30.0).told == ()


def test_a_final_alone_confirms_at_once() -> None:
    """Partials are the first thing shed under load."""
    assert told(final(a_watch(), 20.0, a_hit())) == [("cancellation", "confirmed")]


def test_further_partials_with_the_same_words_say_nothing_new() -> None:
    """And a partial that lost them leaves the verdict to the final."""
    watch = a_watch()
    partial(watch, 20.0, a_hit())

    assert partial(watch, 20.0, a_hit()) == Decision()
    assert partial(watch, 20.0) == Decision()


def test_a_partial_later_than_its_final_is_ignored() -> None:
    """As is a second copy of the final."""
    watch = a_watch()
    final(watch, 20.0)

    assert partial(watch, 20.0, a_hit()) == Decision()
    assert final(watch, 20.0, a_hit()) == Decision()


def test_several_hits_of_a_rule_in_an_utterance_are_one_flag() -> None:
    """The first is the cause, all are lit, and a doubtful first gives way to a certain second."""
    hits = (a_hit(start_s=24.0), a_hit(start_s=22.0), a_hit(start_s=20.0, certainty=0.1))

    (flag,) = final(a_watch(), 20.0, *hits).told

    assert (flag.start_s, flag.end_s) == (22.0, 22.5)
    assert [word.start_s for word in flag.evidence.words] == [20.0, 20.25, 22.0, 22.25, 24.0, 24.25]


def test_distrusted_text_raises_nothing_and_says_why() -> None:
    """Held as unconfirmed once its final is there; undecided before."""
    watch = a_watch()

    assert partial(watch, 20.0, a_hit(), trusted=False) == Decision()
    decision = final(watch, 20.0, a_hit(), trusted=False)
    assert (told(decision), held(decision)) == ([], [("cancellation", "unconfirmed")])


def test_a_distrusted_final_withdraws_what_a_partial_raised() -> None:
    """The guards have the last word."""
    watch = a_watch()
    partial(watch, 20.0, a_hit())
    decision = final(watch, 20.0, a_hit(), trusted=False)

    assert told(decision) == [("cancellation", "withdrawn")]
    assert held(decision) == [("cancellation", "unconfirmed")]


def test_words_matched_with_too_little_certainty_are_held() -> None:
    """Even where the text as a whole is trusted."""
    assert held(final(a_watch(), 20.0, a_hit(certainty=0.49))) == [("cancellation", "unconfirmed")]
    assert told(final(a_watch(), 20.0, a_hit(certainty=0.5))) == [("cancellation", "confirmed")]


def test_the_same_words_again_are_a_repeat_unless_taken_back() -> None:
    """A withdrawn flag was no news, so the next one is."""
    watch = a_watch()
    final(watch, 20.0, a_hit(start_s=20.0))
    assert held(final(watch, 30.0, a_hit(start_s=30.0))) == [("cancellation", "repeat")]
    assert told(final(watch, 80.0, a_hit(start_s=80.0))) == [("cancellation", "confirmed")]

    other = a_watch()
    partial(other, 20.0, a_hit(start_s=20.0))
    final(other, 20.0)
    assert told(final(other, 30.0, a_hit(start_s=30.0))) == [("cancellation", "confirmed")]


def test_the_more_pressing_flag_of_an_utterance_is_told_and_the_lesser_held() -> None:
    """Whatever the order of the hits."""
    decision = final(a_watch(), 20.0, a_hit("complaint", start_s=20.0), a_hit(start_s=21.0))

    assert told(decision) == [("cancellation", "confirmed")]
    assert held(decision) == [("complaint", "inhibited")]


def test_a_flag_held_because_of_one_that_is_withdrawn_is_told_then() -> None:
    """Nobody else would ever say it."""
    watch = a_watch()
    watch.on_partial(an_utterance(start_s=20.0, final=False), [a_hit(start_s=20.0)], 21.0)
    other = replace(an_utterance(start_s=22.0), channel=1)
    complaint = ScoredUtterance(utterance=other, hits=(a_hit("complaint", start_s=22.0),))
    assert held(watch.on_final(complaint, 24.0)) == [("complaint", "inhibited")]

    decision = final(watch, 20.0)

    assert told(decision) == [("cancellation", "withdrawn"), ("complaint", "confirmed")]
    assert decision.told[1].raised_s == 23.0


def test_a_withdrawal_makes_room_in_the_same_look() -> None:
    """The final takes one rule's words back and brings another's."""
    watch = a_watch()
    partial(watch, 20.0, a_hit(start_s=20.0))
    decision = final(watch, 20.0, a_hit("complaint", start_s=20.0))

    assert told(decision) == [("cancellation", "withdrawn"), ("complaint", "confirmed")]
    assert held(decision) == []


def test_the_end_of_the_call_withdraws_what_no_final_confirmed() -> None:
    """No flag stays merely likely."""
    watch = a_watch()
    partial(watch, 20.0, a_hit())

    assert told(watch.on_end(30.0)) == [("cancellation", "withdrawn")]
    assert watch.on_end(30.0) == Decision()


def test_dead_air_is_told_once_per_silence_with_its_measure() -> None:
    """The clip runs from 10 s before the silence to 5 s after the decision."""
    watch = a_watch()
    assert watch.on_dynamics(some_dynamics(34.0, silence_s=14.0)) == Decision()
    (flag,) = watch.on_dynamics(some_dynamics(35.04, silence_s=15.04)).told

    assert (flag.rule_id, flag.state, flag.start_s, flag.end_s) == ("silence", FlagState.CONFIRMED, 20.0, 35.04)
    assert (flag.evidence.clip_start_s, flag.evidence.clip_end_s) == (10.0, 40.04)
    assert flag.evidence.speaker is None
    assert flag.evidence.measured == (Measured(name="silence_s", value=15.0, threshold=15.0),)
    assert flag.evidence.explanation_en == "Nobody has spoken for 15 s."
    assert flag.evidence.explanation_fr == "Personne ne parle depuis 15 s."
    assert watch.on_dynamics(some_dynamics(36.0, silence_s=16.0)) == Decision()
    watch.on_dynamics(some_dynamics(80.0))
    (again,) = watch.on_dynamics(some_dynamics(100.0, silence_s=15.0)).told
    assert again.flag_id != flag.flag_id


def test_talk_over_is_told_with_its_measure() -> None:
    """In both languages, with a decimal comma in French."""
    (flag,) = a_watch().on_dynamics(some_dynamics(8.5, talk_over_s=3.2)).told

    assert (flag.rule_id, flag.start_s) == ("talk_over", 5.3)
    assert flag.evidence.clip_start_s == 0.0
    assert flag.evidence.explanation_en == "Both have been speaking at once for 3.2 s."
    assert flag.evidence.explanation_fr == "Les deux parlent en même temps depuis 3,2 s."


def test_a_missing_greeting_is_told_once_with_what_was_said_instead() -> None:
    """By the clock, when the last final of the window must have come."""
    watch = a_watch()
    agent = an_utterance("what do you want", start_s=4.0, speaker=Speaker.AGENT)
    watch.on_final(ScoredUtterance(utterance=agent), 7.0)
    assert watch.on_time(30.0) == Decision()
    (flag,) = watch.on_time(30.1).told

    assert (flag.rule_id, flag.start_s, flag.end_s) == ("greeting", 4.0, 24.0)
    assert (flag.evidence.speaker, flag.evidence.text) == (Speaker.AGENT, "what do you want")
    assert flag.evidence.measured == (Measured(name="waited_s", value=26.1, threshold=20.0),)
    assert flag.evidence.explanation_en == "Not heard within 20 s of the agent's first words."
    assert flag.evidence.explanation_fr == "Pas entendu dans les 20 s après les premiers mots de l'agent."
    assert watch.on_time(60.0) == Decision()


def test_a_greeting_given_is_no_flag() -> None:
    """A hit of an absence rule raises nothing, on a partial or a final."""
    watch = a_watch()
    agent = an_utterance("hello", start_s=4.0, speaker=Speaker.AGENT)
    hit = a_hit("greeting", start_s=4.0)

    assert watch.on_partial(replace(agent, final=False), [hit], 5.0) == Decision()
    assert watch.on_final(ScoredUtterance(utterance=agent, hits=(hit,)), 7.0) == Decision()
    assert watch.on_time(200.0) == Decision()
    assert watch.on_end(200.0) == Decision()


def test_a_greeting_that_distrusted_text_may_hold_is_held() -> None:
    """No agent is blamed for what was not heard well."""
    watch = a_watch()
    for start_s, trusted in ((4.0, True), (8.0, False)):
        agent = an_utterance("uh", start_s=start_s, speaker=Speaker.AGENT, trusted=trusted)
        watch.on_final(ScoredUtterance(utterance=agent), start_s + 3.0)

    assert held(watch.on_end(40.0)) == [("greeting", "unconfirmed")]


def test_an_emotion_that_persists_is_told_with_its_probabilities() -> None:
    """Never from one utterance; explained in the speaker's own terms."""
    watch = a_watch()
    assert watch.on_final(angry(20.0), 23.0) == Decision()
    (flag,) = watch.on_final(angry(30.0, 0.7), 33.0).told

    assert (flag.rule_id, flag.start_s, flag.end_s) == ("anger", 20.0, 32.0)
    assert flag.evidence.utterance_ids == ("0-20.00", "0-30.00")
    assert flag.evidence.measured == (
        Measured(name="anger", value=0.7, threshold=0.6),
        Measured(name="utterances", value=2, threshold=2),
    )
    assert (flag.evidence.explanation_en, flag.evidence.explanation_fr) == ("louder by 6 dB", "plus fort de 6 dB")


@pytest.mark.parametrize("speaker", [Speaker.AGENT, Speaker.MIXED, Speaker.UNKNOWN])
def test_an_emotion_of_anyone_but_the_customer_is_a_fault(speaker: Speaker) -> None:
    """It must never have been computed; hiding it would not do."""
    utterance = an_utterance(speaker=speaker)
    scored = ScoredUtterance(utterance=utterance, emotion=a_score(utterance, anger=0.9))

    with pytest.raises(ValueError, match="has an emotion, but speaks the"):
        a_watch().on_final(scored, 3.0)


def test_mixed_up_input_is_a_fault() -> None:
    """Another call's utterance, a final as partial, a strange rule, another utterance's emotion."""
    utterance = an_utterance()
    partial_one = replace(utterance, final=False)

    with pytest.raises(ValueError, match="an utterance of call call-2"):
        a_watch().on_final(ScoredUtterance(utterance=replace(utterance, call_id=CallId("call-2"))), 3.0)
    with pytest.raises(ValueError, match="is not a partial"):
        a_watch().on_partial(utterance, [], 3.0)
    with pytest.raises(ValueError, match="is not a final"):
        a_watch().on_final(ScoredUtterance(utterance=partial_one), 3.0)
    with pytest.raises(ValueError, match="rule unheard_of, which the rule book lacks"):
        final(a_watch(), 0.0, a_hit("unheard_of"))
    with pytest.raises(ValueError, match=r"the emotion of 0-50\.00 came with 0-0\.00"):
        a_watch().on_final(
            ScoredUtterance(utterance=utterance, emotion=a_score(an_utterance(start_s=50.0), anger=0.1)), 3.0
        )


def test_a_rule_heeds_its_own_time_between_flags() -> None:
    """Here every five seconds."""
    phrases = PhraseSet.compile({Language.EN: ["to cancel"]})
    rule = a_rule(when=WordsSaid(speaker=None, phrases=phrases), repeat_after_s=5.0)
    watch = a_watch([rule])

    decisions = [final(watch, start_s, a_hit(start_s=start_s)) for start_s in (0.0, 4.0, 5.0)]

    assert [told(decision) + held(decision) for decision in decisions] == [
        [("cancellation", "confirmed")],
        [("cancellation", HoldReason.REPEAT)],
        [("cancellation", "confirmed")],
    ]
