"""Adapter to pydantic: what a rule file may say of the course of a call."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from alerts.files.shape_base import Shape, departure


class Coursing(Shape):
    """How the customer is over many utterances, and for how long."""

    sign: Literal["upset", "rising", "recovered"] = Field(alias="is")
    for_s: Annotated[float, Field(ge=0)] = 0.0

    @model_validator(mode="after")
    def _recovers_at_once(self) -> "Coursing":
        if self.sign == "recovered" and self.for_s:
            raise departure("for_s beside is: recovered", "for_s only beside is: upset or is: rising")
        return self
