"""What words add to voice, and voice to words: the same calls judged by words alone, by voice alone, and by both.

    python bench/words_and_voice.py [--data FOLDER] [--json OUT]

The bundled calls, text as scripted and voice from their sound, each judged as live by three rules: frustration in
words; a voice that sounds angry in 2 of the last 4 utterances or is 5 dB louder than at first; and both within 45 s, as
the starter rule `patience_in_words_and_voice`. In which calls the customer is upset was decided by reading the scripts.
With `--data`, the real neutral call in its folder `calls`, whose words nobody has written down, is judged by voice
alone.

What this cannot show: the bundled calls are spoken by synthetic voices that do not get angry, so that voice is expected
to find nothing in them, and both together nothing either. No labelled calls of angry customers may be had. Read it as
false alarms against words alone, not as how many angry customers are found.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile
import soxr

from alerts.files.document import parse_document
from alerts.policy import AlertPolicy
from alerts.records import RedFlag
from alerts.rulebook import RuleBook, rulebook_of
from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.judging.judges import Judges
from qa_monitor.config import load_settings
from qa_monitor.demo.truth import CALLS_DIR, CallTruth, bundled_calls
from qa_monitor.rules.ruleset import fixed
from sentiment.trimming import spoken_part
from sentiment.voice import VoiceModel
from streams.consent import Consent, Notice
from streams.model.whisper import SpeechModel
from streams.model_files.models import ensure_model
from streams.records import Audio, CallId, CallStarted, ChannelActivity, Language, Speaker, Utterance, UtteranceId
from streams.samples.resample import SPEECH_RATE_HZ
from streams.utterances.transcriber import Transcribed

CALM = frozenset({"en-4-insurance-renewal", "fr-4-assurance-habitation"})
"""By reading. In the other bundled calls the customer was let down, waited, called before, insults or will leave."""
REAL_CALL, REAL_CHANNEL = "auto-repairs-en.flac", 0
LONGEST_S = 8.0
"""The real call's customer is cut into pieces of at most so long."""
TICK_S = 0.5
VOICE = """any:
        - emotion: {is: anger, at_least: 0.5, utterances: 2, of_last: 4}
        - dynamics: {measure: customer_louder_db, above: 5}"""
WORDS = "cue: {is: [frustration], certainty: 0.7}"
RULES: Mapping[str, str] = {
    "words": WORDS,
    "voice": VOICE,
    "both": f"all:\n      - {WORDS}\n      - {VOICE.replace('        - ', '            - ')}\n      within_s: 45",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """One turn: what was said and its sound, 16 kHz mono."""

    speaker: Speaker
    start_s: float
    end_s: float
    text: str
    audio: Audio
    language: Language


def book() -> RuleBook:
    """Three rules, one for each column of the table."""
    rules = "".join(
        f"  - id: {name}\n    name: {{en: A, fr: A}}\n    priority: low\n    action: {{en: A, fr: A}}\n"
        f"    deadline_s: 60\n    when:\n      {when}\n"
        for name, when in RULES.items()
    )
    return rulebook_of([parse_document("rules:\n" + rules, Path("three.yaml"))])


def turns(truth: CallTruth, folder: Path = CALLS_DIR) -> Iterator[Spoken]:
    """The lines of a bundled call, the customer's on the first channel."""
    both, rate_hz = soundfile.read(folder / f"{truth.call_id}.flac", dtype="float32", always_2d=True)
    for line in truth.utterances:
        side = both[:, 0 if line.speaker is Speaker.CUSTOMER else 1]
        piece = side[round(line.start_s * rate_hz) : round(line.end_s * rate_hz)]
        yield Spoken(
            speaker=line.speaker,
            start_s=line.start_s,
            end_s=line.end_s,
            text=line.text,
            audio=_wide(piece, rate_hz),
            language=truth.language,
        )


def wordless(path: Path, channel: int) -> Iterator[Spoken]:
    """One side of a recording, in pieces where it speaks; no text."""
    both, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    side = _wide(both[:, channel], rate_hz)
    step = round(LONGEST_S * SPEECH_RATE_HZ)
    for start in range(0, len(side), step):
        piece = spoken_part(side[start : start + step], SPEECH_RATE_HZ)
        if len(piece) >= SPEECH_RATE_HZ:
            start_s = start / SPEECH_RATE_HZ
            end_s = start_s + len(piece) / SPEECH_RATE_HZ
            yield Spoken(
                speaker=Speaker.CUSTOMER,
                start_s=start_s,
                end_s=end_s,
                text="",
                audio=piece,
                language=Language.EN,
            )


def flags_of(spoken: Sequence[Spoken], rules: RuleBook, speech: SpeechModel, voice: VoiceModel) -> Mapping[str, int]:
    """How often each rule told, the call judged as live."""
    call = _call()
    judge = CallJudge(call, Judges(rules=fixed(rules), policy=AlertPolicy(), voice=voice))
    told = dict.fromkeys(RULES, 0)
    clock_s = 0.0
    for turn in spoken:
        while clock_s < turn.end_s:
            clock_s += TICK_S
            _, decisions = judge.time(clock_s, [clock_s, clock_s])
            for decision in decisions:
                _count(decision.told, told)
        judge.flow.activity(_activity(call, turn))
        for judged in judge.final(_transcribed(call, turn, speech), turn.end_s):
            _count(judged.decision.told, told)
    for judged in judge.finish(clock_s):
        _count(judged.decision.told, told)
    _count(judge.end(clock_s)[1].told, told)
    return told


def _count(flags: Sequence[RedFlag], told: dict[str, int]) -> None:
    for flag in flags:
        told[flag.rule_id] += 1


def _call() -> CallStarted:
    return CallStarted(
        call_id=CallId("judged"),
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=8000,
        started_at=datetime(2025, 1, 1, tzinfo=UTC),
        dialect="bench",
        notice=Notice.CONTRACT,
        consent=Consent.GRANTED,
    )


def _transcribed(call: CallStarted, turn: Spoken, speech: SpeechModel) -> Transcribed:
    channel = call.channels.index(turn.speaker)
    utterance = Utterance(
        call_id=call.call_id,
        utterance_id=UtteranceId(f"{channel}-{turn.start_s:.2f}"),
        speaker=turn.speaker,
        channel=channel,
        start_s=turn.start_s,
        end_s=turn.end_s,
        text=turn.text,
        words=(),
        language=turn.language,
        confidence=1.0,
        final=True,
        revision=1,
    )
    if turn.speaker is Speaker.CUSTOMER:
        utterance = replace(utterance, embedding=speech.embedding(turn.audio))
    return Transcribed(utterance=utterance, audio=turn.audio, last_speech_s=turn.end_s, distrust=None)


def _activity(call: CallStarted, turn: Spoken) -> ChannelActivity:
    return ChannelActivity(
        call_id=call.call_id,
        channel=call.channels.index(turn.speaker),
        speaker=turn.speaker,
        start_s=turn.start_s,
        end_s=turn.end_s,
        open=False,
    )


def _wide(samples: Audio, rate_hz: int) -> Audio:
    wide: Audio = soxr.resample(samples, rate_hz, SPEECH_RATE_HZ).astype(np.float32)
    return wide


def table(flags: Mapping[str, Mapping[str, int]], calm_hours: float) -> Mapping[str, Mapping[str, float | int]]:
    """Per rule: upset calls it told of, and what it told of calm ones."""
    upset = [told for call_id, told in flags.items() if call_id not in CALM]
    calm = [told for call_id, told in flags.items() if call_id in CALM]
    return {
        name: {
            "upset_calls": len(upset),
            "told": sum(told[name] > 0 for told in upset),
            "calm_calls": len(calm),
            "false_flags": sum(told[name] for told in calm),
            "false_per_hour": round(sum(told[name] for told in calm) / calm_hours, 2),
        }
        for name in RULES
    }


def main() -> None:
    """Print the table and what was told of each call; write it where asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    speech = SpeechModel(ensure_model("base", settings.models_dir), workers=1)
    voice, rules = VoiceModel.load("base"), book()
    truths = [truth for _, truth in bundled_calls()]
    told = {truth.call_id: flags_of(list(turns(truth)), rules, speech, voice) for truth in truths}
    calm_hours = sum(truth.duration_s for truth in truths if truth.call_id in CALM) / 3600
    figures: dict[str, object] = {"table": table(told, calm_hours), "calls": told}
    if options.data:
        pieces = list(wordless(options.data / "calls" / REAL_CALL, REAL_CHANNEL))
        figures["real_neutral_call"] = flags_of(pieces, rules, speech, voice)
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
