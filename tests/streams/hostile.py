"""Ways to break a valid session, each with the close codes it must meet."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from streams.protocols.port import LARGEST_MESSAGE
from tests.streams.sessions import pcm_session, preamble, some_bytes, start, twilio_session

Message = str | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of damage."""

    name: str
    session: Callable[[random.Random], list[Message]]
    """A whole session with the damage in it."""
    codes: tuple[int | None, ...] | None
    """What closes it: None in the tuple is a connection left open. None: any of the agreed codes."""


def _twilio() -> list[Message]:
    return [*twilio_session(some_bytes(1, 1600), some_bytes(2, 1600))]


def _pcm() -> list[Message]:
    return pcm_session(some_bytes(3, 6400))


def _fault(
    name: str,
    valid: Callable[[], list[Message]],
    change: Callable[[list[Message], random.Random], list[Message]],
    *codes: int | None,
) -> Fault:
    return Fault(name=name, session=lambda chance: change(valid(), chance), codes=codes or None)


def _text_at(messages: Sequence[Message], chance: random.Random) -> int:
    return chance.choice([index for index, message in enumerate(messages) if isinstance(message, str)])


def _cut(messages: list[Message], chance: random.Random) -> list[Message]:
    """A proper part of a JSON object is none."""
    index = _text_at(messages, chance)
    messages[index] = messages[index][: chance.randrange(len(messages[index]))]
    return messages


def _flip(messages: list[Message], chance: random.Random) -> list[Message]:
    """One to five characters become others."""
    index = _text_at(messages, chance)
    text = list(str(messages[index]))
    for _ in range(chance.randint(1, 5)):
        text[chance.randrange(len(text))] = chr(chance.choice([0, 34, 92, 123, 125, 48, 0x7F, 0xE9, 0x20AC, 0x1F600]))
    messages[index] = "".join(text)
    return messages


def _noise(messages: list[Message], chance: random.Random) -> list[Message]:
    """Text that is no JSON, put in anywhere before the end."""
    noise = "~" + "".join(chr(chance.randrange(32, 0x2FF)) for _ in range(chance.randrange(300)))
    messages.insert(chance.randrange(len(messages)), noise)
    return messages


def _nested(messages: list[Message], chance: random.Random) -> list[Message]:
    deep = chance.choice(["[", '{"a":', '{"event":['])
    messages.insert(chance.randrange(len(messages)), deep * (chance.randint(3000, 60000) // len(deep)))
    return messages


def _oversize_text(messages: list[Message], chance: random.Random) -> list[Message]:
    message = str(messages[index := _text_at(messages, chance)])
    messages[index] = message + " " * (LARGEST_MESSAGE + chance.randint(1, 9000) - len(message))
    return messages


def _oversize_binary(messages: list[Message], chance: random.Random) -> list[Message]:
    messages.insert(chance.randrange(1, len(messages)), bytes(LARGEST_MESSAGE + chance.randint(1, 9000)))
    return messages


def _binary(messages: list[Message], chance: random.Random) -> list[Message]:
    messages.insert(chance.randrange(len(messages)), chance.randbytes(chance.randrange(400)))
    return messages


def _headless(messages: list[Message], chance: random.Random) -> list[Message]:
    """The start is missing; audio comes first."""
    return messages[chance.randrange(2, len(messages) - 1) :]


def _headless_pcm(messages: list[Message], chance: random.Random) -> list[Message]:
    return messages[chance.randrange(1, len(messages) - 1) :]


def _started_twice(messages: list[Message], chance: random.Random) -> list[Message]:
    messages.insert(chance.randrange(2, len(messages)), start())
    return messages


def _other_stream(messages: list[Message], chance: random.Random) -> list[Message]:
    index = chance.randrange(2, len(messages))
    messages[index] = str(messages[index]).replace('"MZ1"', chance.choice(['"MZ2"', "7", '""', "[]", "{}"]))
    return messages


def _shuffled(messages: list[Message], chance: random.Random) -> list[Message]:
    """Within ten places, with repeats: nothing wrong with that."""
    first, second, *audio, stop = messages
    audio = [each for each in audio for _ in range(1 + (chance.random() < 0.05))]
    places = sorted(range(len(audio)), key=lambda place: place + chance.uniform(0, 10))
    return [first, second, *(audio[place] for place in places), stop]


def _bad_media(messages: list[Message], chance: random.Random) -> list[Message]:
    """Payloads, numbers and tracks that make no sense, in some of the messages: dropped, the call goes on."""
    wrong: list[object] = [None, "", "!!!!", "AAA", "é", 5, [], {}, -1, True, "1e9", 1.5, "9" * 400]
    for index in chance.sample(range(2, len(messages) - 1), 8):
        message = json.loads(messages[index])
        message["media"][chance.choice(["payload", "chunk", "timestamp", "track"])] = chance.choice(wrong)
        messages[index] = json.dumps(message)
    return messages


def _absurd_times(messages: list[Message], chance: random.Random) -> list[Message]:
    for index in chance.sample(range(2, len(messages) - 1), 8):
        message = json.loads(messages[index])
        message["media"]["timestamp"] = str(chance.randrange(10**15))
        message["media"]["chunk"] = chance.randrange(2**53)
        messages[index] = json.dumps(message)
    return messages


def _wrong_format(messages: list[Message], chance: random.Random) -> list[Message]:
    encoding = chance.choice(["OPUS", "AMR-WB", "G722", "", "audio/x-mulaw;x", 7])
    messages[1] = start(mediaFormat={"encoding": encoding, "sampleRate": 8000, "channels": 1})
    return messages


def _wrong_rate(messages: list[Message], chance: random.Random) -> list[Message]:
    rate = chance.choice([0, -8000, 7999, "8 kHz", 11025, 10**18, None, 8000.1, [8000]])
    messages[1] = start(mediaFormat={"encoding": "audio/x-mulaw", "sampleRate": rate, "channels": 1})
    return messages


def _wrong_pcm_format(messages: list[Message], chance: random.Random) -> list[Message]:
    wrong: list[dict[str, object]] = [{"encoding": "opus"}, {"encoding": 3}, {"rate_hz": 0}, {"rate_hz": "8 kHz"}]
    messages[0] = preamble(**chance.choice(wrong))
    return messages


def _wrong_preamble(messages: list[Message], chance: random.Random) -> list[Message]:
    field = chance.choice(["call_id", "direction", "language", "notice", "consent", "channels", "metadata"])
    messages[0] = preamble(**{field: chance.choice(["../..", 7, ["x"], True, "\u0000", "x" * 500])})
    return messages


def _disordered_pcm(messages: list[Message], chance: random.Random) -> list[Message]:
    """Bytes carry no number: any order of any lengths is audio."""
    first, *audio, end = messages
    chance.shuffle(audio)
    return [first, *(each[: chance.randrange(len(each))] for each in audio), end]


def _gone(messages: list[Message], chance: random.Random) -> list[Message]:
    """The source vanishes in the middle."""
    return messages[: chance.randrange(len(messages))]


TWILIO_FAULTS: tuple[Fault, ...] = (
    _fault("cut", _twilio, _cut, 1007),
    _fault("flip", _twilio, _flip),
    _fault("noise", _twilio, _noise, 1007),
    _fault("nested", _twilio, _nested, 1007),
    _fault("oversize", _twilio, _oversize_text, 1009),
    _fault("binary", _twilio, _binary, 1003),
    _fault("headless", _twilio, _headless, 1008),
    _fault("second start", _twilio, _started_twice, 1008),
    _fault("other stream", _twilio, _other_stream, 1008),
    _fault("shuffled", _twilio, _shuffled, 1000),
    _fault("bad media", _twilio, _bad_media, 1000),
    _fault("absurd times", _twilio, _absurd_times, 1000),
    _fault("wrong format", _twilio, _wrong_format, 1003),
    _fault("wrong rate", _twilio, _wrong_rate, 1003),
    _fault("gone", _twilio, _gone, None),
)
PCM_FAULTS: tuple[Fault, ...] = (
    _fault("cut", _pcm, _cut, 1007),
    _fault("flip", _pcm, _flip),
    _fault("noise", _pcm, _noise, 1007),
    _fault("nested", _pcm, _nested, 1007),
    _fault("oversize", _pcm, _oversize_text, 1009),
    _fault("oversize binary", _pcm, _oversize_binary, 1009),
    _fault("headless", _pcm, _headless_pcm, 1008),
    _fault("wrong format", _pcm, _wrong_pcm_format, 1003),
    _fault("wrong preamble", _pcm, _wrong_preamble, 1008),
    _fault("disordered", _pcm, _disordered_pcm, 1000),
    _fault("gone", _pcm, _gone, None),
)
