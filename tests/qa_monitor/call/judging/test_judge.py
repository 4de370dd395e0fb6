"""One call's judgement: numbers out, words to flags, voice to emotion, in this order."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from alerts.policy import AlertPolicy
from alerts.records import Decision, FlagState
from alerts.rulebook import STARTER_RULES, load_rulebook
from keywords.records import RedactionKind
from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.judging.judged import Judged
from qa_monitor.call.judging.judges import Judges
from qa_monitor.rules.ruleset import fixed
from sentiment.voice import VoiceModel
from streams.activity.music import MusicBegan, MusicEnded
from streams.consent import Consent, Notice
from streams.records import (
    CallStarted,
    ChannelActivity,
    Embedding,
    Paused,
    Resumed,
    Sought,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)
from streams.utterances.transcriber import Transcribed
from tests.alerts.played import a_book, a_rule_text, words
from tests.qa_monitor.builders import a_call

BOTH = (Speaker.CUSTOMER, Speaker.AGENT)


@pytest.fixture(scope="module")
def judges() -> Judges:
    """The starter rules and the model of voices that come with the product."""
    book = load_rulebook([STARTER_RULES])
    return Judges(rules=fixed(book), policy=AlertPolicy(), voice=VoiceModel.load())


def heard(
    text: str, start_s: float = 1.0, *, speaker: Speaker = Speaker.CUSTOMER, channel: int = 0, final: bool = True
) -> Utterance:
    """Three words a second, with the states of a voice."""
    texts = text.split()
    return Utterance(
        call_id=a_call().call_id,
        utterance_id=UtteranceId(f"{channel}-{start_s:.2f}"),
        speaker=speaker,
        channel=channel,
        start_s=start_s,
        end_s=start_s + max(1, len(texts)) / 3,
        text=text,
        words=tuple(
            Word(text=one, start_s=start_s + number / 3, end_s=start_s + (number + 1) / 3, probability=0.9)
            for number, one in enumerate(texts)
        ),
        language=a_call().language,  # type: ignore[arg-type]  # French, as announced
        confidence=0.9,
        final=final,
        revision=1,
        embedding=Embedding(mean=np.zeros(512, np.float32), deviation=np.ones(512, np.float32)),
    )


def sought(text: str, heard: str, first: int, by_audio: float = -1.0) -> Sought:
    """A phrase that sounds much like the words recognised."""
    return Sought(text=text, heard=heard, first=first, likeness=0.9, brevity=0.0, by_audio=by_audio, by_habit=-4.0)


def transcribed(utterance: Utterance) -> Transcribed:
    """With a humming voice as long as the utterance."""
    times = np.arange(int((utterance.end_s - utterance.start_s) * 16_000)) / 16_000
    audio = sum(np.sin(2 * np.pi * 180 * harmonic * times) / harmonic for harmonic in range(1, 9)) * 0.1
    return Transcribed(
        utterance=utterance,
        audio=np.asarray(audio, np.float32),
        last_speech_s=utterance.end_s,
        distrust=None,
    )


def judged(judge: CallJudge, *utterances: Utterance) -> list[Judged]:
    """Finals, one after the other."""
    return [one for utterance in utterances for one in judge.final(transcribed(utterance), utterance.end_s + 0.5)]


def told(decisions: Sequence[Decision]) -> list[tuple[str, FlagState]]:
    return [(flag.rule_id, flag.state) for decision in decisions for flag in decision.told]


def test_words_in_a_final_raise_a_confirmed_flag_with_its_words(judges: Judges) -> None:
    """Rule, speaker and the seconds of the phrase."""
    (one,) = judged(CallJudge(a_call(), judges), heard("je veux résilier mon abonnement"))

    (flag,) = one.decision.told
    assert (flag.rule_id, flag.state) == ("cancellation", FlagState.CONFIRMED)
    assert (flag.evidence.speaker, flag.evidence.text) == (Speaker.CUSTOMER, "je veux résilier mon abonnement")
    assert [word.text for word in flag.evidence.words] == ["résilier"]


def test_two_guesses_that_agree_raise_and_a_final_that_disagrees_withdraws(judges: Judges) -> None:
    """One guess alone raises nothing."""
    judge = CallJudge(a_call(), judges)
    guess = heard("je veux résilier", final=False)
    decisions = [judge.partial(guess, 2.0)[1], judge.partial(replace(guess, revision=2), 3.0)[1]]
    (final,) = judged(judge, heard("je veux rester client"))

    assert told(decisions) == [("cancellation", FlagState.RAISED)]
    assert told([final.decision]) == [("cancellation", FlagState.WITHDRAWN)]


def test_what_turns_out_to_be_nothing_withdraws_too(judges: Judges) -> None:
    """A final that was not believed is not left hanging."""
    judge = CallJudge(a_call(), judges)
    guess = heard("je veux résilier", final=False)
    judge.partial(guess, 2.0)
    judge.partial(replace(guess, revision=2), 3.0)

    assert told([judge.unheard(replace(guess, final=True), 4.0)]) == [("cancellation", FlagState.WITHDRAWN)]


def test_text_that_is_not_trusted_raises_nothing(judges: Judges) -> None:
    """It is shown grey, and kept."""
    judge = CallJudge(a_call(), judges)
    doubted = replace(heard("je veux résilier"), trusted=False)
    shown, decision = judge.partial(replace(doubted, final=False), 2.0)
    (final,) = judged(judge, doubted)

    assert shown.text == "je veux résilier"
    assert told([decision, final.decision]) == []


def test_the_wrong_speaker_raises_nothing(judges: Judges) -> None:
    """An agent may talk about cancelling."""
    agent = heard("vous pouvez résilier mon abonnement", speaker=Speaker.AGENT, channel=1)

    assert told([one.decision for one in judged(CallJudge(a_call(), judges), agent)]) == []


def test_a_card_number_is_held_masked_and_its_seconds_named(judges: Judges) -> None:
    """Over two utterances; what comes out holds no digit, and audio waits from before the first."""
    judge = CallJudge(a_call(), judges)
    first = judged(judge, heard("c'est le 4111 1111", 2.0))
    hold_from_s = judge.hold_from_s
    both = judged(judge, heard("1111 1111 voilà", 4.0))

    assert first == []
    assert hold_from_s is not None
    assert hold_from_s <= 2.0
    assert judge.hold_from_s is None
    assert not any(character.isdigit() for one in both for character in one.utterance.text)
    assert not any(character.isdigit() for one in both for word in one.utterance.words for character in word.text)
    spans = [(redaction.start_s, redaction.end_s) for one in both for redaction in one.redactions]
    assert len(spans) == 2
    for one, (start_s, end_s) in zip(
        (heard("c'est le 4111 1111", 2.0), heard("1111 1111 voilà", 4.0)), spans, strict=True
    ):
        digits = [word for word in one.words if word.text.isdigit()]
        assert start_s <= digits[0].start_s
        assert end_s >= digits[-1].end_s


def test_digits_that_wait_are_given_out_in_time_or_at_the_end(judges: Judges) -> None:
    """No utterance is lost for looking like the beginning of a number."""
    judge = CallJudge(a_call(), judges)
    assert judged(judge, heard("le dossier 4512", 2.0)) == []
    assert list(judge.waited(5.0)) == []
    assert [one.utterance.text for one in judge.waited(14.0)] == ["le dossier 4512"]

    assert judged(judge, heard("le dossier 4513", 20.0)) == []
    assert [one.utterance.text for one in judge.finish(22.0)] == ["le dossier 4513"]


def test_a_partial_shows_no_long_number(judges: Judges) -> None:
    """Not even the part of one."""
    shown, _ = CallJudge(a_call(), judges).partial(heard("c'est le 4111 1111 11", final=False), 2.0)

    assert not any(character.isdigit() for character in shown.text)


def test_a_partial_is_masked_in_the_light_of_the_question_before(judges: Judges) -> None:
    """Two digits are nothing by themselves."""
    judge = CallJudge(a_call(), judges)
    judged(judge, heard("et le cryptogramme", 2.0, speaker=Speaker.AGENT, channel=1))

    shown, _ = judge.partial(heard("c'est le 93", 4.0, final=False), 5.0)

    assert shown.text == "c'est le […]"


def test_the_sound_of_an_answer_that_is_not_believed_is_silenced(judges: Judges) -> None:
    """It may be the code all the same. So may what could not be transcribed be the question."""
    judge = CallJudge(a_call(), judges)
    judged(judge, heard("et le cryptogramme", 2.0, speaker=Speaker.AGENT, channel=1))
    (redaction,) = judge.dropped(heard("merci", 4.0))
    assert redaction.kind is RedactionKind.CVV

    judge = CallJudge(a_call(), judges)
    judge.missed(heard("", 2.0, speaker=Speaker.AGENT, channel=1))
    assert judged(judge, heard("neuf trois sept", 4.0)) == []
    assert [one.utterance.text for one in judge.finish(9.0)] == ["[cvv]"]


def test_only_the_kinds_asked_for_are_masked(judges: Judges) -> None:
    """An operator may need telephone numbers in the text."""
    kept = replace(judges, redacted=frozenset(RedactionKind) - {RedactionKind.PHONE})
    spoken = heard("mon téléphone c'est le 06 12 34 56 78 merci")
    ((masked,), (plain,)) = (judged(CallJudge(a_call(), each), spoken) for each in (judges, kept))

    assert masked.utterance.text == "mon téléphone c'est le [phone] merci"
    assert plain.utterance.text == spoken.text
    assert (len(masked.redactions), len(plain.redactions)) == (1, 0)


def test_the_flag_of_an_utterance_with_a_card_number_holds_no_digit(judges: Judges) -> None:
    """Evidence is what the coach reads."""
    (one,) = judged(CallJudge(a_call(), judges), heard("je veux résilier ma carte est 4111 1111 1111 1111"))
    (flag,) = one.decision.told

    assert not any(character.isdigit() for character in flag.evidence.text)
    assert flag.rule_id == "cancellation"


def test_the_customers_voice_is_scored_and_its_states_go_no_further(judges: Judges) -> None:
    """With notice and consent."""
    (one,) = judged(CallJudge(a_call(), judges), heard("je voudrais savoir où en est mon dossier"))

    assert one.emotion is not None
    assert one.emotion.utterance_id == one.utterance.utterance_id
    assert one.utterance.embedding is None


@pytest.mark.parametrize(
    "call",
    [
        a_call(consent=Consent.UNKNOWN),
        a_call(consent=Consent.REFUSED),
        a_call(consent=Consent.OBJECTED),
        a_call(consent=Consent.OFF_RECORD),
        a_call(notice=Notice.NONE),
    ],
    ids=lambda call: f"{call.notice}-{call.consent}",
)
def test_without_notice_and_consent_nobody_is_scored(judges: Judges, call: CallStarted) -> None:
    """Even where states of the voice are at hand."""
    (one,) = judged(CallJudge(call, judges), heard("je voudrais savoir où en est mon dossier"))

    assert one.emotion is None
    assert one.utterance.embedding is None


@pytest.mark.parametrize("speaker", [Speaker.AGENT, Speaker.MIXED, Speaker.UNKNOWN])
def test_nobody_but_a_customer_is_scored(judges: Judges, speaker: Speaker) -> None:
    """Even where states of the voice are at hand, and even if the utterance claims to be the customer's."""
    call = a_call(channels=(speaker,))
    honest = heard("je voudrais savoir où en est mon dossier", speaker=speaker)
    claimed = heard("je voudrais savoir où en est mon dossier", 9.0)
    found = judged(CallJudge(call, judges), honest, claimed)

    assert [one.emotion for one in found] == [None, None]


def test_a_long_silence_is_dead_air(judges: Judges) -> None:
    """Measured on the activity of both channels, told once."""
    judge = CallJudge(a_call(), judges)
    for channel, speaker in enumerate(BOTH):
        judge.flow.activity(
            ChannelActivity(
                call_id=a_call().call_id, channel=channel, speaker=speaker, start_s=0.0, end_s=3.0, open=False
            )
        )
    decisions = [decision for now_s in range(4, 60) for decision in judge.time(float(now_s), (now_s, now_s))[1]]

    assert ("dead_air", FlagState.CONFIRMED) in told(decisions)
    assert [state for rule, state in told(decisions) if rule == "dead_air"].count(FlagState.CONFIRMED) == 1


def test_an_agent_who_never_greets_is_told(judges: Judges) -> None:
    """Twenty seconds after their first words."""
    judge = CallJudge(a_call(), judges)
    judged(judge, heard("oui allô c'est pour quoi", 0.5, speaker=Speaker.AGENT, channel=1))
    judged(judge, heard("mon colis est perdu", 4.0))
    decisions = [decision for now_s in range(5, 40) for decision in judge.time(float(now_s), (now_s, now_s))[1]]

    assert "greeting" in " ".join(rule for rule, _ in told(decisions))


def test_words_said_on_hold_count_for_a_rule_about_hold() -> None:
    """Music on the agent's channel puts the customer on hold, until it ends."""
    impatient = words("raccroche", more=", window: {during_hold: true}").replace("en:", "fr:")
    book = a_book(a_rule_text(impatient, more="    repeat_after_s: 1\n"))
    judge = CallJudge(a_call(), Judges(rules=fixed(book), policy=AlertPolicy(), voice=None))

    before = judged(judge, heard("je raccroche maintenant", 5.0))
    judge.flow.sounded(1, MusicBegan(at_s=10.0))
    dynamics, _ = judge.time(14.0, (14.0, 14.0))
    during = judged(judge, heard("je raccroche maintenant", 20.0))
    judge.flow.sounded(1, MusicEnded(at_s=40.0))
    judge.time(43.0, (43.0, 43.0))
    after = judged(judge, heard("je raccroche maintenant", 60.0))

    assert [len(one.decision.told) for one in (*before, *during, *after)] == [0, 1, 0]
    assert (dynamics.hold_since_s, dynamics.hold_cause) == (10.0, "music")


def test_a_pause_that_the_source_announces_is_a_hold(judges: Judges) -> None:
    """Until it sends again."""
    judge = CallJudge(a_call(), judges)
    judge.flow.signalled(Paused(call_id=a_call().call_id, at_s=10.0))
    during, _ = judge.time(30.0, (30.0, 30.0))
    judge.flow.signalled(Resumed(call_id=a_call().call_id, at_s=40.0))
    after, _ = judge.time(50.0, (50.0, 50.0))

    assert (during.hold_s, during.hold_cause) == (20.0, "signalled")
    assert (after.hold_since_s, after.hold_total_s) == (None, 30.0)


@pytest.mark.parametrize(("by_audio", "flags"), [(-1.0, ["media_threat"]), (-60.0, [])])
def test_a_phrase_that_the_audio_confirms_raises_a_flag_that_says_so(
    judges: Judges, by_audio: float, flags: list[str]
) -> None:
    """The text stays as it was recognised, and nothing of what was weighed goes further."""
    judge = CallJudge(a_call(), judges)
    said = replace(
        heard("je laisse un mot récommentaire"),
        sought=(sought("un mauvais commentaire", "un mot récommentaire", 2, by_audio),),
    )
    (judged,) = judge.final(transcribed(said), 3.0)

    assert judged.utterance.text == "je laisse un mot récommentaire"
    assert judged.utterance.sought == ()
    scored = [flag for flag in judged.decision.told if flag.evidence.explanation_fr]
    assert [flag.rule_id for flag in scored] == flags
    for flag in scored:
        assert flag.state is FlagState.CONFIRMED
        assert [word.text for word in flag.evidence.words] == ["un", "mot", "récommentaire"]
        assert (
            flag.evidence.explanation_fr == "Reconnu « un mot récommentaire », mais le son correspond à l'expression."
        )
        assert flag.evidence.explanation_en == "Recognised as “un mot récommentaire”, but the audio fits the phrase."
        assert 0.5 < flag.evidence.measured[0].value <= 1.0
