"""Ways to break a valid AudioHook session."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.streams.hostile import Message
from tests.streams.protocols.audiohook.client import LARGEST_TEXT, NOBODY, SESSION, Client
from tests.streams.protocols.audiohook.sessions import frames

WRONG: tuple[object, ...] = (
    *(None, True, -1, 0, 1.5, 2**63, 1e308, "", "x", "\0", "é" * 300, "PT1E9S", "PT-1S", "PT86400S"),
    *([], {}, [[]], [{}], {"a": {"b": []}}, NOBODY, "external", ["external"], [None] * 50, "9" * 400),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of damage."""

    name: str
    change: Callable[[list[Message], random.Random], list[Message]]

    def session(self, chance: random.Random, session_id: str = SESSION) -> list[Message]:
        """A whole session with the damage in it."""
        return self.change(valid_session(session_id, chance.random() < 0.1), chance)


def valid_session(session_id: str = SESSION, probe: bool = False) -> list[Message]:
    """Everything a client may say."""
    client = Client(session_id)
    nobody = {"id": NOBODY, "ani": "", "aniName": "", "dnis": ""}
    opening = client.open(conversationId=NOBODY, participant=nobody) if probe else client.open(language="fr-FR")
    client.serverseq = 1
    one, two = frames(3, 2)
    return [
        opening,
        client.say("ping"),
        one,
        client.say("update", {"language": "en-US"}),
        client.say("discarded", {"start": "PT0.2S", "discarded": "PT0.1S"}),
        client.say("error", {"code": 429, "message": "", "retryAfter": "PT1S"}),
        client.say("paused"),
        client.say("resumed", {"start": "PT0.3S", "discarded": "PT1S"}),
        two,
        client.close(),
    ]


def _text_at(messages: list[Message], chance: random.Random) -> int:
    return chance.choice([index for index, message in enumerate(messages) if isinstance(message, str)])


def _cut(messages: list[Message], chance: random.Random) -> list[Message]:
    index = _text_at(messages, chance)
    messages[index] = messages[index][: chance.randrange(len(messages[index]))]
    return messages


def _flip(messages: list[Message], chance: random.Random) -> list[Message]:
    """One to five characters become others."""
    index = _text_at(messages, chance)
    text = list(str(messages[index]))
    for _ in range(chance.randint(1, 5)):
        text[chance.randrange(len(text))] = chr(
            chance.choice([0, 34, 44, 92, 123, 125, 48, 0x7F, 0xE9, 0xD800, 0x1F600])
        )
    messages[index] = "".join(text)
    return messages


def _field(messages: list[Message], chance: random.Random) -> list[Message]:
    """One value somewhere in a message becomes another."""
    index = _text_at(messages, chance)
    message = json.loads(messages[index])
    where = message
    while True:
        key = chance.choice(list(where) if isinstance(where, dict) else list(range(len(where))))
        inner = where[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.3:
            break
        where = inner
    where[key] = chance.choice(WRONG)
    messages[index] = json.dumps(message)
    return messages


def _more(messages: list[Message], chance: random.Random) -> list[Message]:
    """Fields nobody asked for."""
    index = _text_at(messages, chance)
    message = json.loads(messages[index])
    into = chance.choice([message, message["parameters"]])
    into |= {f"f{number}": chance.choice(WRONG) for number in range(50)}
    into["customConfig"] = {f"f{number}": chance.choice(WRONG) for number in range(50)}
    messages[index] = json.dumps(message)
    return messages


def _noise(messages: list[Message], chance: random.Random) -> list[Message]:
    noise = "".join(chr(chance.randrange(32, 0x2FF)) for _ in range(chance.randrange(300)))
    messages.insert(chance.randrange(len(messages)), noise)
    return messages


def _nested(messages: list[Message], chance: random.Random) -> list[Message]:
    deep = chance.choice(["[", '{"a":', '{"version":"2","parameters":['])
    messages.insert(chance.randrange(len(messages)), deep * (chance.randint(300, 60_000) // len(deep)))
    return messages


def _oversize(messages: list[Message], chance: random.Random) -> list[Message]:
    message = str(messages[index := _text_at(messages, chance)])
    messages[index] = message + " " * (LARGEST_TEXT + chance.randint(1, 9000) - len(message))
    return messages


def _binary(messages: list[Message], chance: random.Random) -> list[Message]:
    size = chance.choice([0, 1, 3, 400, 65_536, 65_538, 70_001])
    messages.insert(chance.randrange(len(messages)), chance.randbytes(size))
    return messages


def _shuffled(messages: list[Message], chance: random.Random) -> list[Message]:
    chance.shuffle(messages)
    return messages


def _repeated(messages: list[Message], chance: random.Random) -> list[Message]:
    return [each for each in messages for _ in range(1 + (chance.random() < 0.2))]


def _gone(messages: list[Message], chance: random.Random) -> list[Message]:
    return messages[: chance.randrange(len(messages))]


def _headless(messages: list[Message], chance: random.Random) -> list[Message]:
    return messages[chance.randrange(1, len(messages)) :]


def _flooded(messages: list[Message], chance: random.Random) -> list[Message]:
    """Forty of one kind."""
    index = chance.randrange(len(messages))
    return [*messages[:index], *[messages[index]] * 40, *messages[index:]]


FAULTS: tuple[Fault, ...] = tuple(
    Fault(name=change.__name__.strip("_"), change=change)
    for change in (
        *(_cut, _flip, _field, _field, _field, _more, _noise, _nested),
        *(_oversize, _binary, _shuffled, _repeated, _gone, _headless, _flooded),
    )
)
