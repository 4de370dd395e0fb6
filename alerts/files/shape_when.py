"""Adapter to pydantic: the conditions of a rule file, which may hold one another."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from alerts.files.shape_base import Seconds, Shape, Text, departure, fields_of, given
from alerts.files.shape_course import Coursing
from alerts.files.shape_words import Absent, Cue, Leaning, Repeats, Words

Names = Annotated[list[Text], Field(min_length=1)]


class Lasting(Shape):
    """A silence or a talk-over."""

    longer_than_s: Seconds


class Persisting(Shape):
    """An emotion of the customer's voice that goes on."""

    emotion: Literal["anger", "distress"] = Field(alias="is")
    at_least: Annotated[float, Field(gt=0, le=1)]
    utterances: Annotated[int, Field(ge=2)]
    """At least two: one utterance alone never raises an emotion flag."""
    of_last: Annotated[int, Field(ge=2, le=50)]

    @model_validator(mode="after")
    def _enough_room(self) -> "Persisting":
        if self.of_last < self.utterances:
            raise departure(f"of_last {self.of_last}", f"of_last of at least utterances ({self.utterances})")
        return self


class Flow(Shape):
    """How the conversation flows, against a limit, for a while."""

    measure: Literal[
        "customer_talk_share",
        "agent_talk_share",
        "silence_total_s",
        "talk_over_total_s",
        "silence_s",
        "talk_over_s",
        "hold_s",
        "hold_total_s",
        "customer_interruptions",
        "agent_interruptions",
        "customer_longest_turn_s",
        "agent_longest_turn_s",
        "customer_pace_wpm",
        "customer_louder_db",
    ]
    above: Annotated[float, Field(ge=0)] | None = None
    below: Annotated[float, Field(gt=0)] | None = None
    for_s: Annotated[float, Field(ge=0)] = 0.0
    not_before_s: Annotated[float, Field(ge=0)] = 0.0

    @model_validator(mode="after")
    def _one_limit(self) -> "Flow":
        named = given(self, "above", "below")
        if len(named) != 1:
            raise departure(" and ".join(named) or "no limit", "exactly one of: above, below")
        limit = self.above if self.above is not None else self.below
        if self.measure.endswith("_share") and limit is not None and limit > 1:
            raise departure(f"{named[0]} {limit:g}", "a share from 0 to 1")
        return self


class Call(Shape):
    """What was announced of the call; all of what is named must fit."""

    team: Names | None = None
    direction: Literal["inbound", "outbound"] | None = None
    language: Annotated[list[Literal["fr", "en"]], Field(min_length=1)] | None = None
    metadata: Annotated[dict[str, str], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _something(self) -> "Call":
        if not given(self, *type(self).model_fields):
            raise departure("nothing about the call", f"at least one of: {fields_of(Call)}")
        return self


class Steps(Shape):
    """Conditions that come true one after the other."""

    steps: Annotated[list["When"], Field(min_length=2, max_length=8)]
    within_s: Seconds | None = None


Parts = Annotated[list["When"], Field(min_length=1, max_length=12)]


class When(Shape):
    """Exactly one condition."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.update(oneOf=_one_condition()))

    words: Words | None = None
    absent: Absent | None = None
    silence: Lasting | None = None
    talk_over: Lasting | None = None
    emotion: Persisting | None = None
    course: Coursing | None = None
    cue: Cue | None = None
    polarity: Leaning | None = None
    dynamics: Flow | None = None
    call: Call | None = None
    all: Parts | None = None
    any: Parts | None = None
    none: Parts | None = None
    sequence: Steps | None = None
    repeated: Repeats | None = None
    within_s: Seconds | None = None
    within_words: Annotated[int, Field(ge=0, le=50)] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "When":
        named = given(self, *_CONDITIONS)
        if len(named) != 1:
            raise departure(" and ".join(named) or "no condition", f"exactly one of: {', '.join(_CONDITIONS)}")
        if self.within_s is not None and named[0] not in ("all", "none"):
            raise departure(f"within_s beside {named[0]}", "within_s only beside all or none")
        if self.within_words is not None and named[0] != "all":
            raise departure(f"within_words beside {named[0]}", "within_words only beside all")
        return self

    @property
    def kind(self) -> str:
        """The name of the one condition."""
        return given(self, *_CONDITIONS)[0]


_CONDITIONS = tuple(name for name in When.model_fields if name not in ("within_s", "within_words"))


def _one_condition() -> list[dict[str, list[str]]]:
    return [{"required": [name]} for name in _CONDITIONS]
