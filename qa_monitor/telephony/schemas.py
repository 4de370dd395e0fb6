"""The shapes of JSON by which calls are announced and acted on, and tokens are made."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from qa_monitor.schemas.shape import Shape
from qa_monitor.telephony.announced import LEG_LIFE
from qa_monitor.telephony.shapes import Channels, Identifier, LanguageTag, Metadata, Text
from streams.consent import Consent, ConsentSource, Notice
from streams.records import Direction, Speaker

LONGEST_LIFE_S = 3600
LEG_LIFE_S = int(LEG_LIFE.total_seconds())
BOTH = (Speaker.CUSTOMER, Speaker.AGENT)


class AnnounceJson(Shape):
    """A call that will arrive. What is left out is taken from its start message, or from the address's settings."""

    call_id: Identifier | None = Field(None, description="Your id of the call; left out, one is made.")
    provider_id: Identifier | None = Field(
        None,
        description="The telephone system's own id of the call or session: "
        "the call is known by it where no token can be sent.",
    )
    tenant: Identifier | None = Field(None, description="Left out: the token's, or `default`.")
    agent_id: Text | None = None
    team: Text | None = None
    language: LanguageTag | None = Field(None, description="`fr` or `en`, also with a country: `fr-CA`.")
    direction: Direction | None = None
    channels: Channels | None = Field(
        None, description="Who is heard on channel 0, 1; used where the call has as many channels."
    )
    notice: Notice | None = Field(None, description="How the customer was told about the analysis.")
    consent: Consent | None = Field(None, description="What the customer answered.")
    consent_source: Text = Field("", description="Where that is recorded; kept with the call.")
    consent_by: ConsentSource | None = Field(
        None, description="Who gave it: the customer by `ivr` or `keypad`, or others."
    )
    followed: bool = Field(True, description="False: it was decided not to follow this call; it is refused.")
    reason: Text = Field("", description="Why it is not followed.")
    metadata: Metadata = Field(default_factory=dict, description="Your own fields, kept with the call.")
    expires_in_s: int = Field(
        300,
        ge=1,
        le=LONGEST_LIFE_S,
        description=f"How long it is expected; with `audiosocket` at most {LEG_LIFE_S} s.",
    )
    audiosocket: bool = Field(
        False, description="It comes by AudioSocket, with one id per channel: customer and agent unless said."
    )

    @model_validator(mode="after")
    def _check_together(self) -> "AnnounceJson":
        if self.audiosocket and self.channels is not None and len(set(self.channels)) != len(self.channels):
            raise ValueError("channels: with audiosocket each channel has a role of its own")
        return self


class AnnouncedJson(Shape):
    """What to pass on to the telephone system."""

    call_id: str
    token: str
    """Opens this one call, once."""
    expires_at: datetime
    audiosocket: dict[Speaker, UUID] | None
    """The id of each side's AudioSocket."""


class TransferJson(Shape):
    """Who takes the call from here on."""

    agent_id: Annotated[Text, Field(min_length=1)]
    team: Text = ""


class ConsentAskedJson(Shape):
    """What the customer was told, and what they answered."""

    consent: Literal[Consent.GRANTED, Consent.REFUSED, Consent.OBJECTED]
    source: ConsentSource = Field(description="Who says so; the customer themselves by `ivr` or `keypad`.")
    notice: Notice = Field(Notice.NONE, description="How they were told, where the call does not say yet.")
    by: Text = Field("", description="Which agent, menu or system exactly; kept with the answer.")
    reference: Text = Field("", description="Version of the words they heard, or where the answer is recorded.")


class ConsentNowJson(Shape):
    """What holds from here on."""

    call_id: str
    notice: Notice
    consent: Consent


class NewTokenJson(Shape):
    """An ingest token to be made."""

    name: Identifier
    tenant: Identifier = "default"
    max_calls: Annotated[int, Field(ge=1, le=10_000)] | None = Field(None, description="Calls at once.")
    calls_per_minute: Annotated[int, Field(ge=1, le=100_000)] | None = Field(
        None, description="New calls within a minute."
    )


class TokenJson(Shape):
    """An ingest token, as far as it is kept."""

    name: str
    tenant: str
    prefix: str
    created_at: datetime
    max_calls: int | None
    calls_per_minute: int | None
    revoked: bool


class MadeTokenJson(TokenJson):
    """A token just made: shown this once."""

    token: str


class TokensJson(Shape):
    """Answer of the list."""

    tokens: list[TokenJson]
