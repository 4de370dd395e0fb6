"""The list of reasons for calling: read from YAML, checked, and found in what a call says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alerts.files.document import read_document
from alerts.files.plain_text import is_there
from alerts.files.problems import RuleError
from qa_monitor.config import SettingsError
from qa_monitor.themes.records import REASON, Place, Theme
from qa_monitor.themes.terms import LONGEST, theme_of_phrase
from streams.records import Language

STARTER = Path(__file__).parent / "reasons.yaml"
FILE_NAME = "reasons.yaml"
"""Looked for in the data folder where the settings name no file."""
MOST_REASONS = 200


class _Name(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    en: str
    fr: str


class _Reason(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    name: _Name
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    reasons: Annotated[tuple[_Reason, ...], Field(max_length=MOST_REASONS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason, and the terms that stand for it."""

    reason_id: str
    name_en: str
    name_fr: str
    terms: frozenset[Theme]

    @property
    def theme(self) -> Theme:
        """What it is counted as."""
        return Theme(f"{REASON}{self.reason_id}")


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """The whole list. Safe to share."""

    reasons: tuple[Reason, ...] = ()

    @cached_property
    def _by_term(self) -> Mapping[Theme, tuple[Reason, ...]]:
        found: dict[Theme, tuple[Reason, ...]] = {}
        for reason in self.reasons:
            for term in reason.terms:
                found[term] = (*found.get(term, ()), reason)
        return found

    def found_in(self, terms: Mapping[Theme, Place]) -> Mapping[Theme, Place]:
        """The reasons that these terms stand for, each at the first place one of its terms was said."""
        found: dict[Theme, Place] = {}
        for term, place in terms.items():
            for reason in self._by_term.get(term, ()):
                before = found.get(reason.theme)
                if before is None or place.start_s < before.start_s:
                    found[reason.theme] = place
        return found

    def of_term(self, term: Theme) -> tuple[str, ...]:
        """The reasons a term stands for."""
        return tuple(reason.reason_id for reason in self._by_term.get(term, ()))


def load_reasons(named: Path | None, data_dir: Path) -> Reasons:
    """The list in force: the file named, else the one in the data folder, else the starter list.

    Raises `SettingsError`.
    """
    own = data_dir / FILE_NAME
    return read_reasons(named or (own if is_there(own) else STARTER))


def read_reasons(path: Path) -> Reasons:
    """The list of this file. Raises `SettingsError` with every mistake in it."""
    try:
        file = _File.model_validate(read_document(path).data)
    except RuleError as error:
        raise SettingsError(str(error)) from error
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_sentence(path, problem["loc"], problem["msg"]) for problem in error.errors())
        ) from error
    problems = [problem for reason in file.reasons for problem in _problems(reason)] + _twice(file)
    if problems:
        raise SettingsError("\n".join(f"{path}: {problem}" for problem in problems))
    return Reasons(reasons=tuple(_reason(one) for one in file.reasons))


def _reason(one: _Reason) -> Reason:
    said = [(phrase, Language.FR) for phrase in one.fr] + [(phrase, Language.EN) for phrase in one.en]
    terms = {theme_of_phrase(phrase, language) for phrase, language in said}
    return Reason(
        reason_id=one.id,
        name_en=one.name.en,
        name_fr=one.name.fr,
        terms=frozenset(term for term in terms if term is not None),
    )


def _problems(one: _Reason) -> list[str]:
    said = [("fr", phrase, Language.FR) for phrase in one.fr] + [("en", phrase, Language.EN) for phrase in one.en]
    problems = [
        f"{one.id}.{name}: found {phrase!r}; allowed: one to {LONGEST} words that matter, small words left out"
        for name, phrase, language in said
        if theme_of_phrase(phrase, language) is None
    ]
    return problems if said else [f"{one.id}: no phrase; allowed: at least one, in fr or en"]


def _twice(file: _File) -> list[str]:
    ids = [one.id for one in file.reasons]
    return [
        f"reasons: {name!r} is there twice; allowed: each id once"
        for name in sorted({i for i in ids if ids.count(i) > 1})
    ]


def _sentence(path: Path, where: tuple[int | str, ...], message: str) -> str:
    if not where:
        return f"{path}: found no list of reasons; allowed: `reasons:`, and each of them behind a dash"
    return f"{path}: {'.'.join(str(part) for part in where)}: {message}"
