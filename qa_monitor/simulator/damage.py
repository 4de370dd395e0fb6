"""Messages as a broken sender would send them. Pure: the same dice, the same damage."""

import random

_JUNK = ("", "{", "null", "[]", '{"event":', '{"event":"media","media":{"payload":"%%%"}}', '{"version":"2"}')


def damaged(data: str | bytes, chance: random.Random) -> str | bytes:
    """The message cut, stretched, replaced or with parts of it changed."""
    if isinstance(data, str):
        return _damaged_text(data, chance)
    changed = bytearray(data)
    match chance.randrange(3):
        case 0:
            del changed[chance.randrange(len(changed) + 1) :]
        case 1:
            changed += chance.randbytes(chance.randrange(1, 400))
        case _:
            for _ in range(1 + len(changed) // 16):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _damaged_text(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    match chance.randrange(4):
        case 0:
            return text[:place]
        case 1:
            return chance.choice(_JUNK)
        case 2:
            return text[:place] + chr(chance.randrange(32, 0x2FFF)) + text[place + 1 :]
        case _:
            return text[:place] + text[place:] * 2
