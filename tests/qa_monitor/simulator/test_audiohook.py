"""The client's side of AudioHook: what it says and when, and how it answers a service that breaks the rules."""

from collections.abc import Callable

import pytest

from qa_monitor.simulator.audiohook.client import AudioHookClient, State
from qa_monitor.simulator.audiohook.envelope import duration
from qa_monitor.simulator.audiohook.opening import Offer, media_for
from streams.samples.codec import Encoding
from tests.qa_monitor.audiohook_service import SESSION, Talk, a_transcript, an_opening


def an_open_talk() -> Talk:
    return Talk().opened()


def test_it_opens_with_everything_the_service_needs() -> None:
    """The first message has number 1 and has seen nothing."""
    opening = Talk().heard[0]

    assert {name: opening[name] for name in ("version", "id", "type", "seq", "serverseq", "position")} == {
        "version": "2",
        "id": SESSION,
        "type": "open",
        "seq": 1,
        "serverseq": 0,
        "position": "PT0S",
    }
    assert isinstance(opening["parameters"], dict)
    assert set(opening["parameters"]) == {"organizationId", "conversationId", "participant", "media"}


@pytest.mark.parametrize(
    ("offer", "sides"),
    [
        (Offer.STEREO, [["external", "internal"], ["external"], ["internal"]]),
        (Offer.INVERTED, [["internal", "external"], ["internal"], ["external"]]),
        (Offer.STEREO_ONLY, [["external", "internal"]]),
        (Offer.EXTERNAL, [["external"]]),
        (Offer.INTERNAL, [["internal"]]),
    ],
)
def test_media_are_offered_in_order(offer: Offer, sides: list[list[str]]) -> None:
    """One format and 8 kHz throughout."""
    offered = [medium.as_json() for medium in media_for(offer, Encoding.PCM16)]

    assert offered == [{"type": "audio", "format": "L16", "channels": side, "rate": 8000} for side in sides]


def test_pings_keep_their_time() -> None:
    """One second after opened, again at the first pong, then every five seconds."""
    talk = an_open_talk().wait(0.9)
    assert talk.kinds == ["open"]

    talk.wait(0.2)
    assert talk.kinds == ["open", "ping"]
    assert (talk.heard[-1]["seq"], talk.heard[-1]["serverseq"]) == (2, 1)

    talk.say("pong")
    assert talk.kinds == ["open", "ping", "ping"]
    assert "rtt" in str(talk.heard[-1]["parameters"])

    talk.say("pong").wait(4.8)
    assert talk.kinds.count("ping") == 2
    assert talk.wait(0.3).kinds.count("ping") == 3


def test_sound_is_sent_and_counted() -> None:
    """The position of a message is the sound sent so far."""
    talk = an_open_talk().speak(6).finish()

    assert talk.sound == [bytes(3200)] * 6
    assert talk.heard[-1]["position"] == "PT1.2S"


def test_nothing_is_sent_before_opened_or_after_close() -> None:
    """Sound is thrown away then."""
    talk = Talk().speak()
    assert talk.sound == []

    assert talk.opened().finish().speak().sound == []


def test_its_own_pause_is_told_with_what_it_skipped() -> None:
    """The clock runs on; what was spoken meanwhile is discarded."""
    talk = an_open_talk().speak(5).pause().speak(10).resume()

    assert talk.kinds[-2:] == ["paused", "resumed"]
    assert talk.heard[-1]["parameters"] == {"start": "PT1S", "discarded": "PT2S"}
    assert len(talk.sound) == 5
    assert talk.heard[-1]["position"] == "PT3S"


def test_a_source_whose_clock_stops_has_discarded_nothing() -> None:
    """Some sources freeze instead."""
    client = AudioHookClient(an_opening(), 0.0, counts_pauses=False)
    talk = Talk(client).opened().speak(5).pause().speak(10).resume()

    assert talk.heard[-1]["parameters"] == {"start": "PT1S", "discarded": "PT0S"}


def test_the_service_may_ask_for_a_pause_and_for_the_state() -> None:
    """Every question is answered, also when nothing changes."""
    talk = an_open_talk().speak(5).say("pause").say("pause").speak(5).say("resume").say("resume")

    assert talk.kinds[1:] == ["paused", "paused", "resumed", "resumed"]
    assert talk.heard[-2]["parameters"] == {"start": "PT1S", "discarded": "PT1S"}
    assert talk.heard[-1]["parameters"] == {"start": "PT2S", "discarded": "PT0S"}
    assert talk.client.violation is None


def test_its_own_pause_outlasts_what_the_service_asks() -> None:
    """`paused` again, until the source itself goes on."""
    talk = an_open_talk().pause().say("pause").say("resume")
    assert talk.kinds[1:] == ["paused", "paused", "paused"]

    assert talk.resume().kinds[-1] == "resumed"


def test_it_can_be_started_paused_and_sent_ahead() -> None:
    """As a service asks that carries a call on."""
    talk = Talk().opened(startPaused=True, discardTo="PT3S")

    assert talk.kinds == ["open", "paused", "discarded"]
    assert talk.heard[-1]["parameters"] == {"start": "PT0S", "discarded": "PT3S"}
    assert talk.speak().sound == []


def test_discarded_sound_and_another_language_are_told() -> None:
    """Each with the position it happened at."""
    talk = an_open_talk().speak(2)
    talk.client.discard(0.5)
    talk.client.update("fr-FR")
    talk.say("updated")

    assert talk.heard[-2]["parameters"] == {"start": "PT0.4S", "discarded": "PT0.5S"}
    assert (talk.heard[-1]["type"], talk.heard[-1]["position"]) == ("update", "PT0.9S")


def test_a_call_ends_with_close_and_closed() -> None:
    """Last words of the service in between are heard."""
    talk = an_open_talk().finish().say("event", {"entities": [a_transcript()]}).say("closed")

    assert talk.client.state is State.OVER
    assert talk.client.violation is None
    assert [(one.text, one.channel, one.words) for one in talk.client.transcripts] == [("Good morning.", 0, 2)]


def test_a_disconnect_is_answered_with_close() -> None:
    """Before opened too; the reason is kept."""
    talk = Talk().say("disconnect", {"reason": "unauthorized"})
    assert talk.heard[-1]["parameters"] == {"reason": "disconnect"}

    talk.say("closed")
    assert (talk.client.state, talk.client.disconnected) == (State.OVER, "unauthorized")
    assert talk.client.violation is None


def test_a_reconnect_ends_this_session_for_another() -> None:
    """The next one names it, with how far both sides were."""
    talk = an_open_talk().say("reconnect")
    assert talk.heard[-1]["parameters"] == {"reason": "reconnect"}

    talk.say("closed")
    assert talk.client.reconnects
    assert (talk.client.continued.serverseq, talk.client.continued.clientseq) == (3, 2)


def test_no_medium_is_an_answer_too() -> None:
    """The session stays open without sound."""
    talk = Talk().say("opened", {"media": []})

    assert (talk.client.state, talk.client.medium, talk.client.violation) == (State.OPEN, None, None)


Broken = Callable[[Talk], Talk]
LONG = '{"a": "' + "x" * 65_535 + '"}'
STEREO = an_opening().media[0].as_json()
BREACHES: dict[str, tuple[int, bool, Broken]] = {
    "binary": (415, True, lambda talk: talk.opened().raw(b"\0")),
    "too long": (413, False, lambda talk: talk.opened().raw(LONG)),
    "not JSON": (400, False, lambda talk: talk.opened().raw("{")),
    "no object": (400, False, lambda talk: talk.opened().raw("[]")),
    "seq gap": (400, True, lambda talk: talk.opened().say("updated", seq=3)),
    "seq twice": (400, True, lambda talk: talk.opened().say("updated", seq=1)),
    "seq begins at 2": (400, True, lambda talk: talk.say("opened", seq=2)),
    "clientseq ahead": (400, False, lambda talk: talk.opened().say("updated", clientseq=9)),
    "clientseq back": (400, False, lambda talk: talk.opened().say("updated", clientseq=0)),
    "another version": (400, False, lambda talk: talk.opened().say("updated", version="1")),
    "another id": (400, False, lambda talk: talk.opened().say("updated", id="x")),
    "no type": (400, False, lambda talk: talk.opened().say("updated", type=5)),
    "unknown type": (405, False, lambda talk: talk.opened().say("error")),
    "two media": (400, False, lambda talk: talk.say("opened", {"media": [STEREO, STEREO]})),
    "no list of media": (400, False, lambda talk: talk.say("opened")),
    "medium not offered": (400, False, lambda talk: talk.say("opened", {"media": [STEREO | {"rate": 16_000}]})),
    "order changed": (
        400,
        False,
        lambda talk: talk.say("opened", {"media": [STEREO | {"channels": ["internal", "external"]}]}),
    ),
    "languages unasked": (400, False, lambda talk: talk.opened(supportedLanguages=["fr-FR"])),
    "second opened": (409, False, lambda talk: talk.opened().opened()),
    "pong unasked": (409, False, lambda talk: talk.opened().say("pong")),
    "pong to another": (400, False, lambda talk: talk.opened().wait(1).say("pong", clientseq=1)),
    "pause before opened": (409, False, lambda talk: talk.say("pause")),
    "resume before opened": (409, False, lambda talk: talk.say("resume")),
    "event before opened": (409, False, lambda talk: talk.say("event", {"entities": [a_transcript()]})),
    "event without entities": (400, False, lambda talk: talk.opened().say("event", {"entities": []})),
    "closed without close": (409, False, lambda talk: talk.opened().say("closed")),
    "closed before pong": (409, True, lambda talk: talk.opened().wait(1).finish().say("closed")),
    "closed to another": (400, True, lambda talk: talk.opened().finish().say("closed", clientseq=1)),
    "disconnect for nothing": (400, False, lambda talk: talk.opened().say("disconnect", {"reason": "bored"})),
    "no opened": (408, True, lambda talk: talk.wait(5)),
    "no pong": (408, False, lambda talk: talk.opened().wait(6)),
    "no closed": (408, True, lambda talk: talk.opened().finish().wait(10)),
}


@pytest.mark.parametrize(("code", "fatal", "breach"), list(BREACHES.values()), ids=list(BREACHES))
def test_a_breach_is_punished_as_documented(code: int, fatal: bool, breach: Broken) -> None:
    """An error with the code; then the end, politely or at once."""
    talk = breach(Talk())
    violation = talk.client.violation
    errors = [message["parameters"] for message in talk.heard if message["type"] == "error"]

    assert violation is not None
    assert [violation.code] == [error["code"] for error in errors if isinstance(error, dict)] == [code]
    assert talk.client.drops is fatal
    assert talk.client.state is (State.OVER if fatal else State.CLOSING)
    if not fatal:
        assert talk.heard[-1]["parameters"] == {"reason": "error"}


def test_a_message_after_closed_is_a_breach() -> None:
    """It is the service's last."""
    talk = an_open_talk().finish().say("closed").say("updated")

    assert talk.client.violation is not None
    assert talk.client.violation.code == 409


def test_only_the_first_breach_is_kept() -> None:
    """What follows from it is not news."""
    talk = an_open_talk().say("closed").say("nonsense")

    assert str(talk.client.violation) == "closed without close (409)"


def test_languages_are_given_exactly_when_asked() -> None:
    """A list of tags with a region each."""

    def asked(languages: object) -> Talk:
        client = AudioHookClient(an_opening(asks_languages=True), 0.0)
        return Talk(client).opened(supportedLanguages=languages)

    assert asked(["en-US", "fr-ca"]).client.violation is None
    for wrong in (None, "fr-FR", ["fr"], ["fr-FR", 3]):
        assert asked(wrong).client.violation is not None


BAD_TRANSCRIPTS: dict[str, dict[str, object]] = {
    "channelId": {"channelId": 2},
    "isFinal": {"isFinal": "yes"},
    "id": {"id": "7"},
    "offset": {"offset": 1.0},
    "duration": {"duration": "1S"},
    "alternatives": {"alternatives": []},
    "confidence": {"alternatives": [{"confidence": 2, "interpretations": []}]},
    "interpretations": {"alternatives": [{"confidence": 1, "interpretations": []}]},
    "display": {"alternatives": [{"confidence": 1, "interpretations": [{"type": "raw", "transcript": ""}]}]},
}


@pytest.mark.parametrize("changed", list(BAD_TRANSCRIPTS.values()), ids=list(BAD_TRANSCRIPTS))
def test_a_transcript_must_be_whole(changed: dict[str, object]) -> None:
    """One field wrong is a bad message."""
    talk = an_open_talk().say("event", {"entities": [a_transcript(**changed)]})

    assert talk.client.violation is not None
    assert talk.client.violation.code == 400


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "PT0S"), (1.2, "PT1.2S"), (10, "PT10S"), (0.000125, "PT0.000125S"), (61.5, "PT61.5S")]
)
def test_durations_are_written_in_seconds(seconds: float, text: str) -> None:
    """With no more digits than needed."""
    assert duration(seconds) == text
