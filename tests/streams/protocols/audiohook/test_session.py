"""The AudioHook dialect: what it takes from each message, what it answers, and in which state."""

import json

import pytest

from streams.consent import Consent, Notice
from streams.protocols.audiohook.session import FLUSH, LINGER
from streams.protocols.audiohook.states import State
from streams.protocols.port import Downlink
from streams.protocols.route import Route
from streams.records import CallEnded, CallStarted, Direction, EndReason, Language, LanguageChanged, Speaker
from streams.refusals import Close
from tests.streams.protocols.audiohook.client import (
    CONVERSATION,
    NOBODY,
    ORGANISATION,
    PARTICIPANT,
    SESSION,
    STEREO,
    medium,
)
from tests.streams.protocols.audiohook.sessions import Session, a_hook, an_utterance, frames
from tests.streams.sessions import NOON, after, assert_whole, nobody

INVERTED = medium("internal", "external")
EXTERNAL, INTERNAL = medium("external"), medium("internal")
ODD = {**STEREO, "note": "kept"}


def test_open_says_all_there_is_to_know() -> None:
    session = Session().open(
        language="fr-ca",
        customConfig={"call_id": "c-9", "agent_id": "a-7", "team": "billing", "queue": 7, "deep": {"a": 1}},
        continuedSessions=[{"id": NOBODY, "serverseq": 3, "clientseq": 4}],
    )
    call = session.call()

    assert (call.call_id, call.agent_id, call.team) == ("c-9", "a-7", "billing")
    assert (call.language, call.dialect, call.rate_hz, call.started_at) == (Language.FR, "audiohook", 8000, NOON)
    assert call.channels == (Speaker.CUSTOMER, Speaker.AGENT)
    assert call.continues == (NOBODY,)
    assert call.metadata == {
        "session_id": SESSION,
        "conversation_id": CONVERSATION,
        "organization_id": ORGANISATION,
        "participant_id": PARTICIPANT,
        "ani": "+33 1 99 00 12 34",
        "dnis": "+33199005678",
        "queue": "7",
    }


def test_the_route_stands_in_where_open_says_nothing() -> None:
    route = Route(
        tenant="acme",
        team="sales",
        language=Language.EN,
        direction=Direction.OUTBOUND,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
        channels=(Speaker.MIXED, Speaker.MIXED),
    )
    call = Session(a_hook(route=route)).open(customConfig={"tenant": "thief", "team": "", "consent": "refused"}).call()

    assert (call.tenant, call.team, call.language, call.direction) == ("acme", "sales", Language.EN, Direction.OUTBOUND)
    assert (call.notice, call.consent) == (Notice.PLAYED, Consent.REFUSED)
    assert call.channels == (Speaker.CUSTOMER, Speaker.AGENT)


@pytest.mark.parametrize(
    ("conversation", "call_id"), [(CONVERSATION, CONVERSATION), (NOBODY, SESSION), (CONVERSATION.upper(), None)]
)
def test_a_call_is_called_after_its_conversation(conversation: str, call_id: str | None) -> None:
    assert Session().open(conversationId=conversation).call().call_id == (call_id or conversation)


def test_admission_decides_and_may_rename() -> None:
    asked: list[str | None] = []

    def admit(token: str | None, call: CallStarted) -> CallStarted:
        asked.append(token)
        return call

    Session(a_hook(admit=admit)).open(customConfig={"token": "secret"})
    refused = Session(a_hook(admit=nobody)).open()

    assert asked == ["secret"]
    assert refused.events == []
    assert refused.client.last("disconnect")["reason"] == "error"
    assert "secret" not in str(Session().open(customConfig={"token": "secret"}).call())


@pytest.mark.parametrize(
    ("offers", "chosen"),
    [
        ([STEREO, EXTERNAL, INTERNAL], STEREO),
        ([EXTERNAL, INVERTED, STEREO], INVERTED),
        ([INTERNAL, EXTERNAL], INTERNAL),
        ([medium("external", "internal", encoding="OPUS"), EXTERNAL], EXTERNAL),
        ([medium("external", "internal", encoding="L16")], medium("external", "internal", encoding="L16")),
        ([ODD], ODD),
        ([medium("external", rate=16000), medium("external", rate="8000"), medium("external", rate=True)], None),
        ([medium("external", "external"), medium("mixed"), medium(), {"type": "video"}, {}], None),
        ([{**STEREO, "channels": "external"}, {**STEREO, "channels": [["external"]]}, {**STEREO, "x": [[]]}], None),
        ([], None),
    ],
)
def test_exactly_one_offered_entry_is_taken_unchanged(offers: list[object], chosen: object) -> None:
    """Two channels before one, in the offered order; what we cannot decode is passed over."""
    session = Session().open(offers)

    assert session.client.last("opened")["media"] == ([] if chosen is None else [chosen])
    assert len(session.events) == (chosen is not None)
    assert session.hook.rejected.get("no_medium", 0) == (chosen is None)


def test_languages_are_told_exactly_when_asked_for() -> None:
    told = Session().open(supportedLanguages=True).client.last("opened")["supportedLanguages"]
    assert isinstance(told, list)

    assert {"fr-CA", "fr-FR", "en-US"} <= set(told)
    assert "supportedLanguages" not in Session().open(supportedLanguages=False).client.last("opened")


def test_an_update_changes_the_language_here_and_now() -> None:
    session = Session().open(language="fr-FR")
    session.hear(frames(1, 1)[0])

    (changed,) = session.say("update", {"language": "EN-us"})
    assert session.say("update", {"language": "de-DE"}) == ()

    assert changed == LanguageChanged(call_id=session.call().call_id, at_s=0.2, language=Language.EN)
    assert session.hook.rejected == {"unknown_language": 1}


def test_an_unknown_language_is_left_to_be_detected() -> None:
    session = Session(a_hook(route=Route(language=Language.FR))).open(language="de-DE")

    assert session.call().language is None
    assert session.hook.rejected == {"unknown_language": 1}


BAD: dict[str, dict[str, object]] = {
    "organizationId": {"organizationId": "x"},
    "conversationId": {"conversationId": None},
    "participant": {"participant": None},
    "participant.id": {"participant": {"id": 7, "ani": "", "aniName": "", "dnis": ""}},
    "participant.ani": {"participant": {"id": PARTICIPANT, "ani": 7, "aniName": "", "dnis": ""}},
    "media": {"media": "PCMU"},
    "language": {"language": "français"},
    "supportedLanguages": {"supportedLanguages": "yes"},
    "customConfig": {"customConfig": []},
    "customConfig.consent": {"customConfig": {"consent": "perhaps"}},
    "continuedSessions": {"continuedSessions": [{"id": SESSION, "serverseq": -1, "clientseq": 0}]},
    "continuedSessions.id": {"continuedSessions": [{"id": "x", "serverseq": 1, "clientseq": 0}]},
}


@pytest.mark.parametrize("name", BAD)
def test_an_open_with_a_bad_parameter_is_refused(name: str) -> None:
    session = Session()
    session.give(session.client.open(**BAD[name]))  # type: ignore[arg-type]

    said = session.client.last("disconnect")
    assert said["reason"] == "error"
    assert name in str(said["info"])
    assert session.events == []


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "1"},
        {"version": 2},
        {"id": "x"},
        {"id": CONVERSATION},
        {"type": "hello"},
        {"type": 7},
        {"seq": 1},
        {"seq": 3},
        {"seq": "2"},
        {"seq": 2.5},
        {"seq": True},
        {"serverseq": 2},
        {"serverseq": -1},
        {"serverseq": None},
        {"position": 1.2},
        {"position": "PTS"},
        {"position": "PT-1S"},
        {"position": "P1D"},
        {"parameters": None},
        {"parameters": []},
    ],
)
def test_an_envelope_that_is_wrong_is_an_error_and_ends_the_call(changes: dict[str, object]) -> None:
    session = Session().open()

    events = session.give(json.dumps(json.loads(session.client.say("ping")) | changes))

    assert session.client.last("disconnect")["reason"] == "error"
    assert events == (CallEnded(call_id=session.call().call_id, end_s=0.0, reason=EndReason.ERROR),)
    assert session.hook.state is State.DISCONNECTING


@pytest.mark.parametrize(
    ("type_", "parameters"),
    [
        ("ping", {"rtt": "1 ms"}),
        ("resumed", {"start": "PT1S"}),
        ("resumed", {"start": "PT1S", "discarded": "PT99999999S"}),
        ("discarded", {"start": 1, "discarded": "PT1S"}),
        ("update", {}),
        ("error", {"code": "400", "message": ""}),
        ("error", {"code": 400}),
        ("error", {"code": 429, "message": "", "retryAfter": "soon"}),
        ("close", {"reason": "enough"}),
        ("close", {"reason": ["end"]}),
    ],
)
def test_bad_parameters_are_an_error(type_: str, parameters: dict[str, object]) -> None:
    session = Session().open()
    session.give(json.dumps(json.loads(session.client.say("ping")) | {"type": type_, "parameters": parameters}))

    assert session.client.last("disconnect")["reason"] == "error"


def test_only_the_first_error_is_told() -> None:
    session = Session().open()
    for _ in range(5):
        session.say("ping", version="1")
        session.give("{")

    assert session.client.types() == ["opened", "disconnect"]
    assert session.hook.rejected == {"policy": 5, "bad_data": 5}


def test_a_client_that_was_told_off_may_still_ping_and_close() -> None:
    """Its numbers may have gone on from the mistake."""
    session = Session().open()
    session.client.seq += 5

    session.say("ping")
    session.say("ping")
    session.give(session.client.close("disconnect"))

    assert session.client.types() == ["opened", "disconnect", "pong", "closed"]
    assert [type(event).__name__ for event in session.events] == ["CallStarted", "CallEnded"]


def test_a_client_that_does_not_go_is_shut_out() -> None:
    told_off = Session().open()
    told_off.say("ping", version="1")
    told_off.pass_to(LINGER.total_seconds() + 0.1)
    parted = Session().open()
    parted.give(parted.client.close())
    parted.pass_to(LINGER.total_seconds() + 0.1)

    assert told_off.hook.close == Close(code=1008, reason="version: found '1'; allowed: 2")
    assert parted.hook.close == Close(code=1000, reason="the session is closed")
    assert_whole(told_off.events)


def test_errors_of_the_client_are_counted_and_change_nothing() -> None:
    session = Session().open()
    session.say("error", {"code": 408, "message": "late"})
    session.say("error", {"code": 499, "message": "odd"})
    session.say("ping")

    assert session.hook.rejected == {"client_error_408": 1, "client_error": 1}
    assert session.client.types() == ["opened", "pong"]


def test_the_organisation_must_be_the_one_that_signed() -> None:
    other = Session().open(organizationId=CONVERSATION)
    upper = Session().open(organizationId=ORGANISATION.upper())
    unsigned = Session(a_hook(authorised=False)).open(media="nonsense")

    for session in (other, unsigned):
        assert session.client.taken[-1]["parameters"] == {"reason": "unauthorized"}
        assert session.events == []
        assert session.hook.rejected == {"unauthorised": 1}
    assert upper.client.types() == ["opened"]


def test_silence_on_every_channel_of_the_socket_ends_a_call_in_the_end() -> None:
    session = Session().open()
    session.hear(frames(1, 1)[0])
    session.pass_to(70)

    assert session.client.last("disconnect") == {"reason": "error", "info": "no audio for 60 s"}
    assert isinstance(session.events[-1], CallEnded)
    assert session.events[-1].reason is EndReason.TIMEOUT
    assert session.hook.close is not None


def test_a_session_without_audio_lives_as_long_as_it_is_used() -> None:
    session = Session().open([])
    for begin in range(0, 200, 50):
        session.pass_to(begin)
        session.say("ping")
    assert session.hook.state is State.ACTIVE

    session.pass_to(300)

    assert session.client.last("disconnect") == {"reason": "error", "info": "nothing for 60 s"}
    assert session.events == []


@pytest.mark.parametrize("probe", [False, True])
def test_a_session_in_which_nothing_can_be_heard_ends_though_it_goes_on_pinging(probe: bool) -> None:
    nothing = {"id": NOBODY, "ani": "", "aniName": "", "dnis": ""}
    session = Session().open(conversationId=NOBODY, participant=nothing) if probe else Session().open([])
    for begin in range(0, 595, 5):
        session.pass_to(begin)
        session.say("ping")
    assert session.hook.state is State.ACTIVE

    session.pass_to(600)

    assert session.client.last("disconnect") == {"reason": "error", "info": "nothing to be heard for 600 s"}
    assert session.events == []


def test_a_paused_call_whose_client_says_nothing_any_more_ends() -> None:
    """While it is paused no audio is due; but a client that is there says something."""
    session = Session().open()
    session.hear(frames(1, 1)[0])
    session.say("paused")
    for begin in range(5, 300, 5):
        session.pass_to(begin)
        session.say("ping")
    assert session.hook.state is State.PAUSED

    session.pass_to(300 + 590)
    assert session.hook.state is State.PAUSED
    session.pass_to(300 + 610)

    assert session.client.last("disconnect") == {"reason": "error", "info": "nothing for 600 s"}
    assert isinstance(session.events[-1], CallEnded)


@pytest.mark.parametrize("reason", ["end", "error", "disconnect", "reconnect"])
def test_close_is_answered_with_closed_in_any_state(reason: str) -> None:
    opened, unopened = Session().open(), Session()
    for session in (opened, unopened):
        session.give(session.client.close(reason))
        session.say("ping")

    assert opened.client.types() == ["opened", "closed"]
    assert unopened.client.types() == ["closed"]
    expected = {"error": EndReason.ERROR, "reconnect": EndReason.RECONNECT}.get(reason, EndReason.END)
    assert opened.events[-1] == CallEnded(call_id=opened.call().call_id, end_s=0.0, reason=expected)
    assert unopened.events == []


def test_a_socket_that_closes_without_close_was_torn_away() -> None:
    session = Session().open()
    session.hear(frames(1, 1)[0])

    session.leave(1000)

    assert session.events[-1] == CallEnded(call_id=session.call().call_id, end_s=0.2, reason=EndReason.ABRUPT)
    assert session.leave(1000) == ()


def test_an_event_waits_for_nothing_but_the_next_tick() -> None:
    downlink = Downlink()
    session = Session(a_hook(route=Route(transcripts=True), downlink=downlink)).open()
    downlink.utterances.append(an_utterance())
    session.pass_to(FLUSH.total_seconds())

    assert session.client.types() == ["opened", "event"]
    assert session.hook.tick(after(2)) == ()
