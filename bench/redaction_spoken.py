"""Dialogues spoken by synthetic voices over G.711, recognised by the real engine, then screened: what gets through."""

import importlib.util
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

import numpy as np
import soxr
from channels import LINE_HZ, utterances
from numpy.typing import NDArray
from redaction_dialogues import Dialogue, Turn, dialogues
from voices import VOICE_RATE

from keywords.records import RedactionKind, Screened
from keywords.redaction.screen import RedactionScreen
from keywords.redaction.sensitive import heard
from qa_monitor.config import load_settings
from streams.codec import Encoding, decode, encode
from streams.models import ensure_model
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId, Word
from streams.whisper import SpeechModel
from streams.window import Window

PAUSE_S = 0.9
LEVEL_DB = -25.0
MAX_TURNS = 12
"""Of a dialogue, at most so many turns are spoken: those with numbers, and the ones before them."""
SAID_EVERY = 5
"""So often it says how it is going."""
VOICES = ("customer", "customer2")
SPEEDS = (0.9, 1.0, 1.1)
Sound = NDArray[np.float32]


class Speaks(Protocol):
    """What say.py offers: mono samples at `VOICE_RATE`."""

    def say(self, text: str, lang: str, voice: str, speed: float = 1.0, pitch: float = 0.0) -> Sound:
        """Speak a line."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A turn and when it is said."""

    turn: Turn
    start_s: float
    end_s: float


def spoken_report(count: int, seed: int, voices: Path, *, show: bool = False) -> dict[str, object]:
    """Speak so many dialogues with a card in them; what was heard of their numbers, and what of it was left."""
    speaker = speaker_of(voices)
    settings = load_settings()
    model = SpeechModel(ensure_model(settings.model, settings.models_dir), workers=1)
    heard_digits: Counter[str] = Counter()
    left: Counter[str] = Counter()
    said: Counter[str] = Counter()
    clean: Counter[str] = Counter()
    for number, dialogue in enumerate(with_cards(count, seed)):
        placed, channels = spoken(dialogue, speaker, number)
        before, after = screened(recognised(dialogue, channels, model))
        for kind, spans in secrets_of(placed).items():
            raw, kept = digits_in(before, spans), digits_in(after, spans)
            heard_digits[kind] += raw
            left[kind] += kept
            said[kind] += 1
            clean[kind] += not kept
        if show:
            for one, other in zip(by_start(before), by_start(after), strict=True):
                print(f"{one.start_s:6.1f} {one.speaker.value:8} {one.confidence:.2f} {one.text!r} -> {other.text!r}")
        if not (number + 1) % SAID_EVERY:
            so_far = figures(number + 1, heard_digits, left, said, clean)
            print(f"{number + 1} of {count} spoken: {so_far}", flush=True)
    return figures(count, heard_digits, left, said, clean)


def figures(
    dialogues: int, heard_digits: Counter[str], left: Counter[str], said: Counter[str], clean: Counter[str]
) -> dict[str, object]:
    """Shares by kind. `digits_masked`: of the digits recognised where one was said; `clean`: of the dialogues with one.

    A digit beside it that need not be masked counts as left: the shares are lower bounds.
    """
    return {
        "dialogues": dialogues,
        "digits_masked": {kind: 1 - left[kind] / max(1, heard_digits[kind]) for kind in said},
        "clean": {kind: clean[kind] / said[kind] for kind in said},
        "dialogues_with": dict(said),
    }


def by_start(found: Sequence[Utterance]) -> list[Utterance]:
    """In the order in which they were begun."""
    return sorted(found, key=lambda utterance: (utterance.start_s, utterance.channel))


def speaker_of(folder: Path) -> Speaks:
    """The voices of say.py in this folder."""
    spec = importlib.util.spec_from_file_location("say", folder / "say.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no say.py in {folder}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    make: Callable[[], Speaks] = module.Speaker
    return make()


def with_cards(count: int, seed: int) -> Iterator[Dialogue]:
    """Dialogues in which a card number is said."""
    left = count
    for dialogue in dialogues(100 * count, seed):
        if any(secret.kind is RedactionKind.CARD for turn in dialogue.turns for secret in turn.secrets):
            yield dialogue
            left -= 1
            if not left:
                return


def spoken(dialogue: Dialogue, speaker: Speaks, number: int) -> tuple[list[Placed], list[NDArray[np.int16]]]:
    """The turns one after the other, each on its channel."""
    placed: list[Placed] = []
    lines: list[tuple[int, int, NDArray[np.int16]]] = []
    at = LINE_HZ // 2
    for turn in around_secrets(dialogue.turns)[:MAX_TURNS]:
        voice = "agent" if turn.channel else VOICES[number % len(VOICES)]
        line = telephone(speaker.say(readable(turn.text), dialogue.language.value, voice, SPEEDS[number % len(SPEEDS)]))
        placed.append(Placed(turn=turn, start_s=at / LINE_HZ, end_s=(at + len(line)) / LINE_HZ))
        lines.append((turn.channel, at, line))
        at += len(line) + int(PAUSE_S * LINE_HZ)
    channels = [np.zeros(at + LINE_HZ, np.int16) for _ in range(2)]
    for channel, start, line in lines:
        channels[channel][start : start + len(line)] = line
    return placed, channels


def around_secrets(turns: Sequence[Turn]) -> list[Turn]:
    """Those that hold something to mask, and the one before each: the question, as a rule."""
    return [
        turn for turn, following in zip_longest(turns, turns[1:]) if turn.secrets or (following and following.secrets)
    ]


def readable(text: str) -> str:
    """Digits in groups of more than two are read one by one, as people read them out."""
    words = []
    for word in text.split():
        long = sum(char.isdigit() for char in word) > 2 and not word.startswith("$")
        words.append(" ".join(char for char in word if char.isalnum()) if long else word)
    return " ".join(words)


def telephone(sound: Sound) -> NDArray[np.int16]:
    """At the level of a telephone, 8 kHz, through mu-law and back."""
    narrow = soxr.resample(sound, VOICE_RATE, LINE_HZ)
    level = 10 ** (LEVEL_DB / 20) / max(1e-6, float(np.sqrt((narrow**2).mean())))
    samples = (np.clip(narrow * level, -0.99, 0.99) * 32_767).astype(np.int16)
    return np.asarray(decode(encode(samples, Encoding.MULAW), Encoding.MULAW), np.int16)


def recognised(dialogue: Dialogue, channels: Sequence[NDArray[np.int16]], model: SpeechModel) -> list[Utterance]:
    """What the engine makes of both channels, in the order in which the utterances end."""
    found: list[Utterance] = []
    for channel, samples in enumerate(channels):
        for event, audio in utterances(samples):
            (result,) = model.recognise([Window(audio=audio, language=dialogue.language, languages=tuple(Language))])
            words = tuple(
                Word(
                    text=word.text,
                    start_s=event.start_s + word.start_s,
                    end_s=event.start_s + word.end_s,
                    probability=word.probability,
                )
                for word in result.words
            )
            found.append(
                Utterance(
                    call_id=CallId("spoken"),
                    utterance_id=UtteranceId(f"{channel}-{event.start_s:.3f}"),
                    speaker=Speaker.AGENT if channel else Speaker.CUSTOMER,
                    channel=channel,
                    start_s=event.start_s,
                    end_s=event.end_s,
                    text=result.text,
                    words=words,
                    language=dialogue.language,
                    confidence=result.confidence,
                    final=True,
                    revision=1,
                )
            )
    return sorted(found, key=lambda utterance: utterance.end_s)


def screened(found: Sequence[Utterance]) -> tuple[list[Utterance], list[Utterance]]:
    """The utterances, and what a screen makes of them."""
    screen = RedactionScreen()
    out: list[Screened] = []
    for utterance in found:
        out += (*screen.advance(utterance.start_s), *screen.feed(utterance))
    out += screen.finish()
    return list(found), [one.utterance for one in out]


def secrets_of(placed: Sequence[Placed]) -> Mapping[str, list[tuple[int, float, float]]]:
    """By kind, the channel and seconds in which some of it is said."""
    spans: dict[str, list[tuple[int, float, float]]] = {}
    for one in placed:
        for secret in one.turn.secrets:
            spans.setdefault(secret.kind.value, []).append((one.turn.channel, one.start_s, one.end_s))
    return spans


def digits_in(found: Sequence[Utterance], spans: Sequence[tuple[int, float, float]]) -> int:
    """How many digits stand in the text of these seconds, spoken numerals counted as one each."""
    total = 0
    for utterance in found:
        middle_s = (utterance.start_s + utterance.end_s) / 2
        if any(utterance.channel == channel and start <= middle_s <= end for channel, start, end in spans):
            pieces = heard(utterance).pieces
            total += sum(piece.width for piece in pieces if piece.is_number and not piece.skippable)
    return total
