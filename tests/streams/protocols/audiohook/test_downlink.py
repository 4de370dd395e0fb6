"""What the service has said to an AudioHook client: pauses, transcripts, the last finals before `closed`."""

from dataclasses import replace

import pytest

from streams.protocols.audiohook.envelope import write_duration
from streams.protocols.audiohook.states import State
from streams.protocols.port import Downlink
from streams.protocols.route import Route
from streams.records import Paused, Resumed, Speaker, UtteranceId, Word
from tests.streams.protocols.audiohook.client import NOBODY, PARTICIPANT
from tests.streams.protocols.audiohook.sessions import Session, a_hook, an_utterance, frames

TELLING = Route(transcripts=True)


def a_session(route: Route = TELLING, *, partials: bool = False, language: str = "fr-CA") -> tuple[Session, Downlink]:
    downlink = Downlink()
    hook = a_hook(route=route, downlink=downlink, partials=partials)
    return Session(hook).open(language=language), downlink


def events(session: Session) -> list[dict[str, object]]:
    """The data of all transcript entities."""
    parameters = [each["parameters"] for each in session.client.taken if each["type"] == "event"]
    return [each["entities"][0]["data"] for each in parameters]  # type: ignore[index]


def test_a_final_becomes_one_transcript_entity() -> None:
    session, downlink = a_session()
    downlink.utterances.append(an_utterance())
    session.pass_to(0.1)

    (data,) = events(session)
    identifier = data.pop("id")
    assert data == {
        "channelId": 0,
        "isFinal": True,
        "offset": "PT1S",
        "duration": "PT1S",
        "alternatives": [
            {
                "confidence": 0.875,
                "languages": ["fr-CA"],
                "interpretations": [
                    {
                        "type": "display",
                        "transcript": "bonjour madame",
                        "tokens": [
                            _token("bonjour", "PT1S", "PT0.4S"),
                            _token("madame", "PT1.5S", "PT0.5S"),
                        ],
                    }
                ],
            }
        ],
    }
    assert str(identifier).count("-") == 4


def _token(value: str, offset: str, duration: str) -> dict[str, object]:
    return {"type": "word", "value": value, "confidence": 0.9, "offset": offset, "duration": duration}


def test_sentences_with_a_pause_between_them_are_told_one_by_one() -> None:
    """Each where its words are, and by a name of its own."""
    session, downlink = a_session()
    first, second = an_utterance().words
    words = (replace(first, text="Bonjour."), replace(second, text="Madame?", start_s=first.end_s + 0.3, end_s=2.4))
    together = (replace(first, text="Bonjour."), replace(second, start_s=first.end_s + 0.1))
    downlink.utterances.append(an_utterance(words=words, text="Bonjour. Madame?", end_s=2.5))
    downlink.utterances.append(an_utterance(words=together, utterance_id=UtteranceId("0-9")))
    session.pass_to(0.1)
    told = events(session)

    assert [each["offset"] for each in told] == ["PT1S", "PT1.7S", "PT1S"]
    assert len({str(each["id"]) for each in told}) == 3
    assert told[1]["alternatives"][0]["interpretations"][0]["transcript"] == "Madame?"  # type: ignore[index]


def test_the_agent_is_the_internal_channel() -> None:
    session, downlink = a_session(language="en-US")
    downlink.utterances.append(an_utterance(speaker=Speaker.AGENT, channel=0))
    session.pass_to(0.1)

    (data,) = events(session)
    assert data["channelId"] == 1
    assert "languages" not in data["alternatives"][0]  # type: ignore[index]


def test_only_finals_are_told_unless_partials_are_asked_for() -> None:
    partial = an_utterance(final=False, revision=1)
    said: list[list[dict[str, object]]] = []
    for partials in (False, True):
        session, downlink = a_session(partials=partials)
        downlink.utterances.extend([partial, an_utterance()])
        session.pass_to(0.1)
        said.append(events(session))

    assert [[each["isFinal"] for each in each_said] for each_said in said] == [[True], [False, True]]
    assert said[1][0]["id"] == said[1][1]["id"] == said[0][0]["id"]


def test_what_is_empty_or_enormous_is_not_told_and_what_is_doubtful_with_its_confidence() -> None:
    """The client decides by the confidence; the coach's page shows such a text grey."""
    session, downlink = a_session()
    word = replace(an_utterance().words[0], text="é" * 100)
    downlink.utterances.extend(
        [
            an_utterance(trusted=False, confidence=0.31),
            an_utterance(text=""),
            an_utterance(words=(word,) * 400),
            an_utterance(utterance_id=UtteranceId("0-9")),
        ]
    )
    session.pass_to(0.1)
    told = events(session)

    assert len(told) == 2
    assert told[0]["alternatives"][0]["confidence"] == 0.31  # type: ignore[index]


def test_words_at_one_moment_get_offsets_of_their_own() -> None:
    session, downlink = a_session()
    word = Word(text="a", start_s=1.2345, end_s=1.2345, probability=1.2)
    downlink.utterances.append(an_utterance(words=(word,) * 5))
    session.pass_to(0.1)

    tokens = events(session)[0]["alternatives"][0]["interpretations"][0]["tokens"]  # type: ignore[index]
    assert len({token["offset"] for token in tokens}) == 5
    assert {token["confidence"] for token in tokens} == {1.0}


def test_without_the_setting_nothing_is_told_and_closed_waits_for_nothing() -> None:
    session, downlink = a_session(Route())
    downlink.utterances.append(an_utterance())
    session.pass_to(0.2)
    session.give(session.client.close())

    assert session.client.types() == ["opened", "closed"]


def test_closed_follows_the_last_final() -> None:
    session, downlink = a_session()
    session.hear(frames(1, 1)[0])
    session.give(session.client.close())
    session.pass_to(0.6)
    assert session.hook.state is State.CLOSING
    session.say("ping")

    downlink.utterances.append(an_utterance())
    downlink.flushed = True
    session.pass_to(0.8)

    assert session.client.types() == ["opened", "pong", "event", "closed"]


def test_closed_does_not_wait_longer_than_a_second_and_a_half() -> None:
    session, downlink = a_session()
    session.give(session.client.close())
    session.pass_to(1.4)
    assert session.client.types() == ["opened"]

    session.pass_to(1.5)
    downlink.utterances.append(an_utterance())
    session.pass_to(2)

    assert session.client.types() == ["opened", "closed"]


def test_close_is_taken_once() -> None:
    session, _ = a_session()
    session.give(session.client.close())
    session.give(session.client.close())
    session.give(bytes(3200))
    session.give("nonsense")
    session.say("ping")
    session.say("update", {"language": "en-US"}, seq=1)
    session.pass_to(2)

    assert session.client.types() == ["opened", "pong", "closed"]
    assert [type(event).__name__ for event in session.events] == ["CallStarted", "CallEnded"]


def test_a_client_that_has_had_enough_is_left_alone_for_a_while() -> None:
    """429: nothing optional until the time is over; a ping is still answered, a card number still paused for."""
    session, downlink = a_session()
    session.say("error", {"code": 429, "message": "slow down", "retryAfter": "PT2S"})
    downlink.utterances.append(an_utterance())
    downlink.paused = True
    session.say("ping")
    session.pass_to(1.9)
    assert session.client.types() == ["opened", "pong", "pause"]

    session.pass_to(2)

    assert session.client.types()[-1] == "event"


def test_the_service_may_ask_for_a_pause_and_its_end() -> None:
    session, downlink = a_session()
    session.hear(frames(1, 1)[0])
    downlink.paused = True
    session.pass_to(0.5)
    (paused,) = session.say("paused")
    downlink.paused = False
    session.pass_to(1.2)
    gap, other, resumed = session.say("resumed", {"start": "PT0.2S", "discarded": "PT0.7S"})

    assert session.client.types() == ["opened", "pause", "resume"]
    assert isinstance(paused, Paused)
    assert isinstance(resumed, Resumed)
    assert (paused.at_s, resumed.at_s) == (0.2, 0.9)
    assert gap != other


def test_a_client_that_resumes_by_itself_is_asked_again() -> None:
    """The card number is still being read out, whoever paused before."""
    session, downlink = a_session()
    downlink.paused = True
    session.pass_to(0.2)
    session.say("paused")
    session.say("resumed", {"start": "PT0S", "discarded": "PT1S"})
    session.pass_to(0.5)

    assert session.client.types() == ["opened", "pause", "pause"]


def test_a_call_may_begin_paused() -> None:
    session = Session(a_hook(downlink=Downlink(paused=True))).open()
    session.pass_to(0.5)
    session.say("paused")

    assert session.client.last("opened")["startPaused"] is True
    assert session.client.types() == ["opened"]
    assert session.hook.state is State.PAUSED


def test_nothing_is_asked_before_the_session_is_open() -> None:
    downlink = Downlink(paused=True, reconnect=True)
    session = Session(a_hook(route=TELLING, downlink=downlink))
    downlink.utterances.append(an_utterance())
    session.pass_to(4)

    assert session.client.types() == []


def test_the_service_may_ask_for_another_session_once() -> None:
    session, downlink = a_session()
    downlink.reconnect = True
    session.pass_to(1)
    events_after = session.hear(frames(1, 1)[0])

    assert session.client.types() == ["opened", "reconnect"]
    assert len(events_after) == 2


def test_a_probe_is_told_nothing_of_anybody() -> None:
    downlink = Downlink()
    session = Session(a_hook(route=TELLING, downlink=downlink))
    session.open(conversationId=NOBODY, participant={"id": NOBODY, "ani": "", "aniName": "", "dnis": ""})
    downlink.utterances.append(an_utterance())
    session.pass_to(1)

    assert session.client.types() == ["opened"]


def test_a_missing_conversation_alone_is_no_probe() -> None:
    session = Session().open(
        conversationId=NOBODY, participant={"id": PARTICIPANT, "ani": "", "aniName": "", "dnis": ""}
    )

    assert session.call().metadata.keys().isdisjoint({"ani", "dnis"})


@pytest.mark.parametrize(("seconds", "written"), [(0, "PT0S"), (1.2, "PT1.2S"), (10, "PT10S"), (0.0004, "PT0S")])
def test_durations_are_written_to_the_millisecond(seconds: float, written: str) -> None:
    assert write_duration(seconds) == written
