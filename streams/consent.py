"""What a customer was told of the analysis of their voice, and what they answered."""

from enum import StrEnum


class Notice(StrEnum):
    """How the customer was told about the analysis of their voice."""

    NONE = "none"
    PLAYED = "played"
    CONTRACT = "contract"


class Consent(StrEnum):
    """What the customer answered. Anything but `granted` means: no emotion."""

    UNKNOWN = "unknown"
    GRANTED = "granted"
    REFUSED = "refused"
    OBJECTED = "objected"
    OFF_RECORD = "off_record"


class ConsentSource(StrEnum):
    """Who says what the customer was told and answered."""

    ANNOUNCED = "announced"
    """It came with the call, and nothing more is known of where from."""
    IVR = "ivr"
    """The customer, in a voice menu."""
    KEYPAD = "keypad"
    """The customer, by keys."""
    AGENT = "agent"
    """The agent, after asking."""
    COACH = "coach"
    """Somebody at the coach's page."""
    API = "api"
    """Another system of the operator's."""
