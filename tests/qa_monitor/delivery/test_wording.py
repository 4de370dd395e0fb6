"""What people are told of a flag: short, in their language, and only text."""

from dataclasses import replace

import pytest

from alerts.records import Priority
from qa_monitor.delivery.records import DeliveryEvent, FlagChange
from qa_monitor.delivery.wording import LONGEST_LINE, Message, message, plain
from streams.records import Language
from tests.qa_monitor.builders import NOON, a_flag, a_stored_flag


def change(event: DeliveryEvent = DeliveryEvent.CONFIRMED, **stored: object) -> FlagChange:
    return FlagChange(event=event, stored=replace(a_stored_flag(), **stored), tenant="default", at=NOON)  # type: ignore[arg-type]  # fields by name


def test_a_coach_reads_what_where_and_what_to_do() -> None:
    assert message(change(), Language.EN, words=False, link="https://qa.example") == Message(
        subject="High: Wants to cancel (confirmed)",
        text="agent-7 · north\n0:02 into the call\nWhat to do: Listen in\nhttps://qa.example/calls/call-1",
    )


def test_what_was_said_is_told_only_on_request() -> None:
    said = message(change(), Language.FR, words=True, link=None).text.splitlines()

    assert said[-1].startswith("Client: « ")
    assert "«" not in message(change(), Language.FR, words=False, link=None).text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("event", DeliveryEvent)
@pytest.mark.parametrize("priority", Priority)
def test_every_event_and_priority_has_words(language: Language, event: DeliveryEvent, priority: Priority) -> None:
    told = message(change(event, flag=a_flag(priority=priority)), language, words=True, link=None)

    assert event.value not in told.subject or language is Language.EN
    assert "(" in told.subject


def test_a_call_without_an_agent_says_so() -> None:
    assert message(change(agent_id="", team=""), Language.EN, words=False, link=None).text.startswith("agent unknown\n")


def test_what_telephony_says_is_never_more_than_text() -> None:
    """No second line, no call to a whole channel, no link, no bold, and an end."""
    assert plain("<!channel> *now*\r\nBcc: x") == "‹!channel› ∗now∗  Bcc: x"
    assert plain("[pay](https://evil.example)") == "(pay)(https://evil.example)"
    assert len(plain("x" * 10_000)) == LONGEST_LINE
