"""How agents open a call, and what it says of the channels when a customer does."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from keywords.openings import Openings, opening_matcher
from qa_monitor.demo.truth import CALLS_DIR, load_truth
from streams.records import CallId, CallStarted, Direction, Language, Speaker, Utterance, UtteranceId

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT
CALL = CallStarted(
    call_id=CallId("call-1"),
    channels=(CUSTOMER, AGENT),
    direction=Direction.INBOUND,
    rate_hz=8_000,
    started_at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
    dialect="pcm",
)
INBOUND = opening_matcher(Direction.INBOUND)


def said(text: str, speaker: Speaker, *, start_s: float = 1.0, lasts_s: float = 3.0, trusted: bool = True) -> Utterance:
    french = any(letter in text for letter in "éèçàùêîô") or "vous" in text or "bonjour" in text
    return Utterance(
        call_id=CALL.call_id,
        utterance_id=UtteranceId(f"{start_s}"),
        speaker=speaker,
        channel=0 if speaker is CUSTOMER else 1,
        start_s=start_s,
        end_s=start_s + lasts_s,
        text=text,
        words=(),
        language=Language.FR if french else Language.EN,
        confidence=0.9,
        final=True,
        revision=1,
        trusted=trusted,
    )


def swapped(*utterances: Utterance, call: CallStarted = CALL) -> bool:
    openings = Openings(call, opening_matcher(call.direction))
    for utterance in utterances:
        openings.final(utterance)
    return openings.swapped


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for calling the bank, this is Ann.",
        "Hello, customer service, how can I help you?",
        "Good morning, what can I do for you today?",
        "Merci d'avoir appelé l'assistance, que puis-je faire pour vous ?",
        "Service client, bonjour.",
        "Bonjour, en quoi est-ce que je peux vous aider ?",
        "Comment puis-je vous renseigner ?",
    ],
)
def test_an_opening_on_the_customer_s_channel_means_swapped_channels(text: str) -> None:
    """In both languages."""
    assert swapped(said(text, CUSTOMER))
    assert not swapped(said(text, AGENT))


@pytest.mark.parametrize(
    "text",
    [
        "Hello, I hope you can help me.",
        "Thank you for calling me back.",
        "I don't know what I can do.",
        "Can you help me with my bill?",
        "Bonjour, je voudrais parler au service client.",
        "Pouvez-vous m'aider ?",
        "Merci de m'avoir rappelé.",
        "Bonjour, c'est bien le service facturation ?",
    ],
)
def test_what_customers_say_does_not(text: str) -> None:
    """Asking for help is not offering it."""
    assert not swapped(said(text, CUSTOMER))


def test_an_agent_s_opening_settles_it_whenever_it_comes() -> None:
    """Before or after; a customer may repeat it, for fun."""
    theirs, ours = said("How can I help you?", CUSTOMER), said("How may I help you?", AGENT, start_s=200, lasts_s=2)

    assert not swapped(ours, theirs)
    assert not swapped(theirs, ours)
    assert not swapped(theirs, *[said("well", CUSTOMER, start_s=9 + n, lasts_s=30) for n in range(4)], ours)


def test_an_opening_counts_at_the_beginning_only() -> None:
    """After a minute of speech a customer may well quote it."""
    talk = said("it goes on and on", AGENT, lasts_s=61)

    assert not swapped(talk, said("and then he said how can I help you", CUSTOMER, start_s=70))


def test_text_that_is_not_believed_says_nothing() -> None:
    """Nor does a call on which nobody was announced as customer and agent."""
    opening = said("How can I help you?", CUSTOMER)

    assert not swapped(replace(opening, trusted=False))
    assert not swapped(opening, call=replace(CALL, channels=(CUSTOMER, Speaker.UNKNOWN)))
    assert not swapped(replace(opening, speaker=Speaker.MIXED), call=replace(CALL, channels=(Speaker.MIXED,)))


def test_on_outbound_calls_other_sentences_count() -> None:
    """Who is called may be a business, and answer like one."""
    outbound = replace(CALL, direction=Direction.OUTBOUND)

    assert not swapped(said("Thank you for calling, how can I help you?", CUSTOMER), call=outbound)
    assert swapped(said("I am calling you on behalf of the bank.", CUSTOMER), call=outbound)
    assert swapped(said("Je vous appelle de la part de la banque.", CUSTOMER), call=outbound)


@pytest.mark.parametrize("file", sorted(CALLS_DIR.glob("*.json")), ids=lambda file: file.stem)
def test_the_bundled_calls_are_not_swapped_and_exchanged_ones_mostly_are(file: object) -> None:
    """As announced: never. With the roles exchanged: wherever the agent opened the call as agents do."""
    truth = load_truth(CALLS_DIR / getattr(file, "name", ""))
    lines = [
        replace(
            said(line.text, line.speaker, start_s=line.start_s, lasts_s=line.end_s - line.start_s),
            language=truth.language,
        )
        for line in truth.utterances
    ]
    exchanged = [replace(line, speaker=AGENT if line.speaker is CUSTOMER else CUSTOMER) for line in lines]

    assert not swapped(*lines)
    assert swapped(*exchanged) is (truth.call_id not in ("en-5-no-greeting", "fr-5-sans-accueil"))
