"""What every shape is made of."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """What all shapes share: no field beyond the named ones, no change after making."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Shape):
    """A text for the reader in both languages of the interface."""

    en: str
    fr: str
