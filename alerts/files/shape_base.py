"""Adapter to pydantic: the small pieces the shapes of a rule file are made of."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Text: TypeAlias = Annotated[str, Field(min_length=1)]
Seconds: TypeAlias = Annotated[float, Field(gt=0)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
RuleId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]


class Shape(BaseModel):
    """Some fields of a rule file, taken as written: unknown ones are refused, nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True, allow_inf_nan=False)


class Both(Shape):
    """A text in both languages."""

    en: Text
    fr: Text


class Phrases(Shape):
    """Phrases per language; a language left out has none."""

    en: Annotated[list[Text], Field(min_length=1)] | None = None
    fr: Annotated[list[Text], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _some_language(self) -> "Phrases":
        if self.en is None and self.fr is None:
            raise departure("no language", "phrases under en, fr or both")
        return self


def departure(found: str, allowed: str) -> PydanticCustomError:
    """What a check of our own refuses, in the words of a `RuleProblem`."""
    return PydanticCustomError("departure", "found {found}; allowed: {allowed}", {"found": found, "allowed": allowed})


def fields_of(shape: type[BaseModel]) -> str:
    """The names of a shape's fields as written in a file."""
    return ", ".join(field.alias or name for name, field in shape.model_fields.items())


def given(shape: BaseModel, *names: str) -> list[str]:
    """Which of these fields were filled in."""
    return [name for name in names if getattr(shape, name) is not None]
