"""What the customer is told and answers while the call goes on: judged from then on, or stopped and deleted at once."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from alerts.policy import AlertPolicy
from alerts.records import HeldFlag, HoldReason, Measured, RedFlag
from alerts.voiced import tells_of_voice
from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.judging.judges import Judges
from qa_monitor.call.switchboard.consent import ConsentAsked
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.rules.ruleset import FixedRules
from qa_monitor.store.database.database import FILE
from sentiment.profile import ConsentRefused, EmotionProfile
from sentiment.records import Course, CourseState, Trend
from sentiment.voice import VoiceModel
from streams.consent import Consent, ConsentSource, Notice
from streams.records import CallStarted, Speaker
from tests.qa_monitor.builders import NOON, a_call, a_flag, a_score, an_utterance
from tests.qa_monitor.call.judging.test_judge import heard, judged
from tests.qa_monitor.live_calls import Source, a_board, an_application, record_of, started
from tests.qa_monitor.playing import a_planned_call
from tests.qa_monitor.service import starter_rules
from tests.qa_monitor.storing import CALL, a_store

BOTH = (Speaker.CUSTOMER, Speaker.AGENT)
YES = ConsentAsked(consent=Consent.GRANTED, source=ConsentSource.IVR, notice=Notice.PLAYED, by="menu 3", reference="v2")
NO = ConsentAsked(consent=Consent.OBJECTED, source=ConsentSource.COACH)
COURSE = Course(
    at_s=9.0, state=CourseState.UPSET, since_s=3.0, level=0.8, trend=Trend.STEADY, told=4, unsure=1, upset_s=3.0
)


def judges_under(profile: EmotionProfile, voice: VoiceModel) -> Judges:
    return Judges(rules=FixedRules(rules=starter_rules()), policy=AlertPolicy(), voice=voice, profile=profile)


@pytest.fixture(scope="module")
def voice() -> VoiceModel:
    """The model that comes with the product."""
    return VoiceModel.load()


def a_judge(
    call: CallStarted, voice: VoiceModel, profile: EmotionProfile = EmotionProfile.CUSTOMER_AFTER_CONSENT
) -> CallJudge:
    return CallJudge(call, judges_under(profile, voice))


def scored(judge: CallJudge, *starts_s: float, speaker: Speaker = Speaker.CUSTOMER, channel: int = 0) -> list[bool]:
    """For finals that begin at these seconds, whether each was scored."""
    said = [heard("je vous appelle pour ma facture", start_s, speaker=speaker, channel=channel) for start_s in starts_s]
    return [one.emotion is not None for one in judged(judge, *said)]


def test_consent_in_the_middle_counts_from_then_on(voice: VoiceModel) -> None:
    """What was said before is not judged, even where its text comes later."""
    call = a_call(notice=Notice.NONE, consent=Consent.UNKNOWN)
    judge = a_judge(call, voice)
    assert scored(judge, 1.0, 5.0) == [False, False]
    judge.consented(YES.applied_to(call), 10.0)

    assert judge.minds_voice
    assert scored(judge, 9.0, 12.0, 16.0) == [False, True, True]
    assert judge.course is not None
    assert judge.course.told + judge.course.unsure == 2


def test_an_objection_stops_the_judging_and_leaves_nothing(voice: VoiceModel) -> None:
    """At once, before anything else is done about it; then all that was made of the voice is gone."""
    call = a_call()
    judge = a_judge(call, voice)
    assert scored(judge, 1.0, 5.0) == [True, True]
    judge.hush()
    assert scored(judge, 9.0) == [False]
    judge.consented(NO.applied_to(call), 12.0)

    assert judge.course is None
    assert not judge.minds_voice
    assert scored(judge, 14.0) == [False]


@pytest.mark.parametrize("channels", [(Speaker.AGENT,), (Speaker.MIXED,), (Speaker.UNKNOWN, Speaker.UNKNOWN), BOTH])
def test_no_consent_lets_anybody_but_the_customer_be_judged(channels: tuple[Speaker, ...], voice: VoiceModel) -> None:
    """However it is given, and whatever was granted before."""
    call = a_call(channels=channels, notice=Notice.NONE, consent=Consent.UNKNOWN)
    for source in ConsentSource:
        judge = a_judge(call, voice)
        judge.consented(replace(YES, source=source).applied_to(call), 0.0)
        others = [place for place, speaker in enumerate(channels) if speaker is not Speaker.CUSTOMER]

        assert [one for place in others for one in scored(judge, 1.0, 5.0, speaker=channels[place], channel=place)] == (
            [False, False] * len(others)
        )


@pytest.mark.parametrize(
    ("profile", "source", "judges"),
    [
        (EmotionProfile.OFF, ConsentSource.IVR, False),
        (EmotionProfile.CUSTOMER_AFTER_CONSENT, ConsentSource.AGENT, True),
        (EmotionProfile.CUSTOMER_AFTER_OWN_ACT, ConsentSource.AGENT, False),
        (EmotionProfile.CUSTOMER_AFTER_OWN_ACT, ConsentSource.KEYPAD, True),
    ],
)
def test_the_profile_decides_whose_word_is_enough(
    profile: EmotionProfile, source: ConsentSource, judges: bool, voice: VoiceModel
) -> None:
    """Narrower than the law's line, never wider."""
    call = a_call(notice=Notice.PLAYED, consent=Consent.UNKNOWN)
    judge = a_judge(call, voice, profile)
    judge.consented(replace(YES, source=source).applied_to(call), 0.0)

    assert scored(judge, 1.0) == [judges]


def test_what_cannot_be_said_is_refused() -> None:
    """Consent without notice; and consent by others once the customer withheld it. The first notice stays."""
    unheard = a_call(notice=Notice.NONE, consent=Consent.UNKNOWN)
    with pytest.raises(ConsentRefused, match="without notice"):
        replace(YES, notice=Notice.NONE).applied_to(unheard)
    with pytest.raises(ConsentRefused, match="own act"):
        replace(YES, source=ConsentSource.AGENT).applied_to(NO.applied_to(a_call()))

    assert YES.applied_to(NO.applied_to(a_call())).consent is Consent.GRANTED
    assert replace(YES, notice=Notice.CONTRACT).applied_to(a_call()).notice is Notice.PLAYED


def of_voice(flag: RedFlag) -> RedFlag:
    """The same flag, resting on a voice."""
    measured = (Measured(name="anger", value=0.8, threshold=0.6), Measured(name="certainty", value=0.9, threshold=0.5))
    return replace(
        flag, evidence=replace(flag.evidence, measured=measured, explanation_en="louder", explanation_fr="fort")
    )


def rows(folder: Path, query: str) -> Sequence[tuple[object, ...]]:
    connection = sqlite3.connect(folder / FILE)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_one_write_keeps_the_objection_and_deletes_what_was_made_of_the_voice(tmp_path: Path) -> None:
    """Scores, course, figures of flags in every state they were told in, good news; other flags stay as they were."""

    async def play() -> None:
        async with a_store(tmp_path) as store:
            call = a_call()
            await store.save_call(call)
            spoken = an_utterance()
            await store.save_utterance(spoken, a_score(spoken))
            await store.save_course(CALL, COURSE)
            await store.save_flag(of_voice(a_flag("voice")), call, NOON)
            await store.save_flag(a_flag("words"), call, NOON)
            await store.save_held(HeldFlag(flag=of_voice(a_flag("good")), reason=HoldReason.GOOD_NEWS))
            await store.save_held(HeldFlag(flag=a_flag("held"), reason=HoldReason.REPEAT))
            before = await store.record(CALL)
            assert before is not None
            assert before.call.course == COURSE
            now = NO.applied_to(call)
            await store.save_consent(NO.change(now, 9.0), now, NOON)
            after, events = await store.record(CALL), await store.flag_events(0, 10)

            assert after is not None
            assert after.call.course is None
            assert [one.emotion for one in after.utterances] == [None]
            assert [one.utterance for one in after.utterances] == [spoken]
            assert after.call.call.consent is Consent.OBJECTED
            flags = [stored.flag for stored in (*after.flags, *(event.flag for event in events))]
            assert not any(tells_of_voice(flag.evidence) or flag.evidence.explanation_en for flag in flags)
            assert [flag.flag.evidence for flag in after.flags if flag.flag.flag_id == "words"] == [
                a_flag("words").evidence
            ]
            assert [held.flag.flag_id for held in after.held] == ["held"]
            assert [(one.consent, one.source, one.at_s) for one in after.consents] == [
                (Consent.GRANTED, ConsentSource.ANNOUNCED, 0.0),
                (Consent.OBJECTED, ConsentSource.COACH, 9.0),
            ]
            with pytest.raises(StoreError):
                await store.save_utterance(spoken, a_score(spoken))
            with pytest.raises(StoreError):
                await store.save_course(CALL, COURSE)

    asyncio.run(play())
    assert rows(tmp_path, "SELECT count(*) FROM emotions UNION ALL SELECT count(*) FROM courses") == [(0,), (0,)]
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        rows(tmp_path, "UPDATE consents SET consent = 'granted'")


def test_after_consent_in_the_middle_scores_may_be_kept(tmp_path: Path) -> None:
    """And not before it."""

    async def play() -> None:
        async with a_store(tmp_path) as store:
            call = a_call(notice=Notice.NONE, consent=Consent.UNKNOWN)
            await store.save_call(call)
            spoken = an_utterance()
            with pytest.raises(StoreError):
                await store.save_utterance(spoken, a_score(spoken))
            now = YES.applied_to(call)
            await store.save_consent(YES.change(now, 3.0), now, NOON)
            await store.save_utterance(spoken, a_score(spoken))
            await store.save_course(CALL, COURSE)
            found = await store.record(CALL)

            assert found is not None
            assert found.utterances[0].emotion == a_score(spoken)
            assert [(one.by, one.reference) for one in found.consents] == [("", ""), ("menu 3", "v2")]
            with pytest.raises(NotKept):
                await store.save_consent(YES.change(a_call("other"), 3.0), a_call("other"), NOON)

    asyncio.run(play())


@pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
@pytest.mark.parametrize(
    "channels", [(Speaker.AGENT,), (Speaker.MIXED,), (Speaker.UNKNOWN,), (Speaker.AGENT, Speaker.CUSTOMER)]
)
def test_no_course_of_an_agent_is_kept_whatever_is_claimed(
    channels: tuple[Speaker, ...], foreign_keys: str, tmp_path: Path
) -> None:
    """By hand, and even with foreign keys switched off: the channel must be the customer's."""

    async def save() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call(channels=channels))
            if channels[0] is not Speaker.CUSTOMER and Speaker.CUSTOMER not in channels:
                with pytest.raises(StoreError):
                    await store.save_course(CALL, COURSE)

    asyncio.run(save())
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute(f"PRAGMA foreign_keys={foreign_keys}")
    for claimed in Speaker:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(
                "INSERT INTO courses VALUES ('call-1', 0, ?, 'played', 'granted', '{}')", (claimed.value,)
            )
    connection.close()


def test_a_live_call_takes_the_answers_in_turn_and_keeps_who_gave_them(tmp_path: Path) -> None:
    """Everything of the call follows: its scores are gone, the state is told, the history is whole."""
    planned = a_planned_call("en-2-charged-twice", until_s=4.0)

    async def play() -> None:
        async with an_application(tmp_path) as parts:
            board = a_board(parts)
            source = Source(board.line(), started(planned), np.zeros_like(planned.samples))
            await source.start()
            await source.send(2.0)
            spoken = replace(an_utterance(0.5), call_id=planned.call_id)
            await parts.store.save_utterance(spoken, a_score(spoken))
            await parts.store.save_course(planned.call_id, COURSE)
            assert board.consent(planned.call_id, NO) is not None
            with pytest.raises(ConsentRefused):
                board.consent(planned.call_id, replace(YES, source=ConsentSource.AGENT))
            await source.send(4.0)
            await source.end()
            record = await record_of(parts, board, planned.call_id)

        assert board.consent(planned.call_id, NO) is None
        assert record.call.call.consent is Consent.OBJECTED
        assert record.call.course is None
        assert [one.emotion for one in record.utterances] == [None]
        assert [(one.consent, one.source) for one in record.consents] == [
            (planned.consent, ConsentSource.ANNOUNCED),
            (Consent.OBJECTED, ConsentSource.COACH),
        ]
        assert record.consents[1].at_s == pytest.approx(2.0)

    asyncio.run(play())
