"""Adapter to pydantic: what a rule file may say of words, of their absence and of their repetition."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from alerts.files.shape_base import Phrases, RuleId, Seconds, Shape, Share, departure, given

CueName = Literal[
    "frustration",
    "repeat_contact",
    "waiting",
    "passed_around",
    "broken_promise",
    "incredulity",
    "sarcasm",
    "insult",
    "leaving",
    "exhaustion",
    "distress",
    "relief",
    "thanks",
    "satisfaction",
]
"""`frustration` stands for those from `repeat_contact` to `exhaustion`."""


class Window(Shape):
    """When words count: exactly one of these, `within_s` only with `after`."""

    first_s: Seconds | None = None
    last_s: Seconds | None = None
    after: RuleId | None = None
    within_s: Seconds | None = None
    during_hold: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_window(self) -> "Window":
        named = given(self, "first_s", "last_s", "after", "during_hold")
        if len(named) != 1:
            allowed = "exactly one of: first_s, last_s, after, during_hold"
            raise departure(" and ".join(named) or "no window", allowed)
        if self.within_s is not None and self.after is None:
            raise departure(f"within_s beside {named[0]}", "within_s only beside after")
        return self


class Words(Shape):
    """Someone says a phrase."""

    speaker: Literal["customer", "agent"] | None = None
    phrases: Phrases
    window: Window | None = None
    negated: Literal["ignore", "count"] = "ignore"
    reported: Literal["ignore", "count"] = "ignore"
    certainty: Share | None = None


class Absent(Shape):
    """Someone does not say a phrase: in time after their first words or after a rule, or in the last seconds."""

    speaker: Literal["customer", "agent"]
    phrases: Phrases
    within_s: Seconds | None = None
    after: RuleId | None = None
    last_s: Seconds | None = None
    negated: Literal["ignore", "count"] = "ignore"
    reported: Literal["ignore", "count"] = "ignore"

    @model_validator(mode="after")
    def _one_deadline(self) -> "Absent":
        named = given(self, "within_s", "last_s")
        if len(named) != 1:
            raise departure(" and ".join(named) or "no deadline", "exactly one of: within_s, last_s")
        if self.after is not None and self.within_s is None:
            raise departure("after without within_s", "after only beside within_s")
        return self


class Cue(Shape):
    """The customer says what tells how the call is going for them, in any of the words the product knows for it."""

    cues: Annotated[list[CueName], Field(min_length=1)] = Field(alias="is")
    window: Window | None = None
    certainty: Share | None = None


class Leaning(Shape):
    """The customer's words speak for or against, once or in several of their last utterances."""

    polarity: Literal["negative", "positive"] = Field(alias="is")
    at_least: Annotated[float, Field(gt=0, le=1)]
    utterances: Annotated[int, Field(ge=1)] = 1
    of_last: Annotated[int, Field(ge=1, le=50)] = 1

    @model_validator(mode="after")
    def _enough_room(self) -> "Leaning":
        if self.of_last < self.utterances:
            raise departure(f"of_last {self.of_last}", f"of_last of at least utterances ({self.utterances})")
        return self


class Repeats(Shape):
    """The same words several times."""

    of: Words
    times: Annotated[int, Field(ge=2, le=20)]
    within_s: Seconds | None = None
