"""The protocols of others by name, and the sub-protocols they offer."""

import pytest

from streams.protocols.pcm.dialects import PCM_DIALECTS, negotiate, subprotocols


def test_every_dialect_is_named_as_in_its_address() -> None:
    assert set(PCM_DIALECTS) == {"pcm", "jambonz", "audio-fork", "audio-stream", "vonage", "lca", "asterisk"}
    assert all(name == dialect.name for name, dialect in PCM_DIALECTS.items())


@pytest.mark.parametrize(
    ("dialect", "offered", "answered"),
    [
        ("jambonz", ["audio.jambonz.org"], "audio.jambonz.org"),
        ("jambonz", ["chat", "audio.jambonz.org"], "audio.jambonz.org"),
        ("audio-fork", ["audio.drachtio.org"], "audio.drachtio.org"),
        ("audio-fork", ["audiostream.drachtio.org"], "audiostream.drachtio.org"),
        ("asterisk", ["media"], "media"),
        ("asterisk", ["audio.jambonz.org"], None),
        ("audio-stream", ["media"], None),
        ("vonage", [], None),
        ("lca", [], None),
        ("pcm", ["media"], None),
    ],
)
def test_an_offered_and_known_sub_protocol_is_answered(dialect: str, offered: list[str], answered: str | None) -> None:
    assert negotiate(dialect, offered) == answered


def test_the_operator_may_know_one_more() -> None:
    """mod_audio_fork offers whatever its environment says."""
    assert negotiate("audio-fork", ["our.own.name"], {"our.own.name"}) == "our.own.name"
    assert subprotocols("audio-fork", ["x"]) == ("audio.drachtio.org", "audiostream.drachtio.org", "x")
