"""Reads the file of names and products, for everybody and per team; every mistake with file and key."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from alerts.files.plain_text import Unreadable, is_there
from qa_monitor.config import SettingsError
from qa_monitor.toml_file import read_toml
from streams.records import Language
from streams.vocabulary.spelling import bare
from streams.vocabulary.terms import MOST_TERMS, Term, Vocabulary

FILE_NAME = "vocabulary.toml"
"""Looked for in the data folder where the settings name no file."""
_CLOSED = ConfigDict(extra="forbid", frozen=True)
_EVERYBODY = "everybody"


class _List(BaseModel):
    """One table of the file."""

    model_config = _CLOSED
    terms: tuple[str, ...] = ()
    """Said in every language."""
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    sounds: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """For a term, what the recogniser writes instead."""


class _File(BaseModel):
    model_config = _CLOSED
    everybody: _List = Field(default_factory=_List)
    team: Mapping[str, _List] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """What each team's calls may name. Safe to share."""

    everybody: Vocabulary | None = None
    teams: Mapping[str, Vocabulary] = field(default_factory=lambda: MappingProxyType({}))

    def of_team(self, team: str) -> Vocabulary | None:
        """The terms of everybody and of this team; none where there are none."""
        return self.teams.get(team, self.everybody)


def load_vocabularies(named: Path | None, data_dir: Path) -> Vocabularies:
    """The vocabulary of every team; empty where there is no file. Raises `SettingsError`."""
    path = named or data_dir / FILE_NAME
    if named is None and not is_there(path):
        return Vocabularies()
    return read_vocabularies(path)


def read_vocabularies(path: Path) -> Vocabularies:
    """The vocabulary of every team, from this file. Raises `SettingsError` with every mistake in it."""
    try:
        file = _File.model_validate(read_toml(path))
    except Unreadable as error:
        raise SettingsError(f"{path}: {error}") from error
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(path, problem) for problem in error.errors())) from error
    tables = {_EVERYBODY: file.everybody} | {f"team.{name}": one for name, one in file.team.items()}
    problems = [problem for key, table in tables.items() for problem in _problems(key, table)]
    problems += _too_many(file)
    if problems:
        raise SettingsError("\n".join(f"{path}: {problem}" for problem in problems))
    shared = _terms(file.everybody)
    return Vocabularies(
        everybody=Vocabulary(terms=shared) if shared else None,
        teams=MappingProxyType({name: _of_team(one, shared) for name, one in file.team.items()}),
    )


def _of_team(table: _List, shared: Sequence[Term]) -> Vocabulary:
    """A team's own spelling of a term of everybody's wins."""
    own = _terms(table)
    known = {bare(term.text) for term in own}
    return Vocabulary(terms=(*own, *(term for term in shared if bare(term.text) not in known)))


def _terms(table: _List) -> tuple[Term, ...]:
    said = [
        *((text, None) for text in table.terms),
        *((text, Language.FR) for text in table.fr),
        *((text, Language.EN) for text in table.en),
    ]
    return tuple(
        Term(text=text, language=language, sounds=tuple(table.sounds.get(text, ()))) for text, language in said
    )


def _problems(key: str, table: _List) -> list[str]:
    """What is wrong in one table, besides its form."""
    lists = {"terms": table.terms, "fr": table.fr, "en": table.en, **_listed_sounds(table)}
    problems = [
        f"{key}.{name}: found {text!r}; allowed: letters or digits, words separated by one space"
        for name, texts in lists.items()
        for text in texts
        if not bare(text) or text != " ".join(text.split())
    ]
    every = [*table.terms, *table.fr, *table.en]
    twice = [text for text, times in Counter(bare(text) for text in every).items() if times > 1 and text]
    problems += [
        f"{key}: found {', '.join(repr(text) for text in every if bare(text) == one)}; allowed: each term once, "
        "whatever its capitals, accents and hyphens"
        for one in twice
    ]
    return problems + [
        f"{key}.sounds: found {text!r}; allowed: a term of {key}, written as there"
        for text in table.sounds
        if text not in every
    ]


def _listed_sounds(table: _List) -> dict[str, Sequence[str]]:
    return {f"sounds.{text!r}": forms for text, forms in table.sounds.items()}


def _too_many(file: _File) -> list[str]:
    shared = _spellings(file.everybody)
    counts = {_EVERYBODY: len(shared)} | {
        f"team.{name}": len(shared | _spellings(one)) for name, one in file.team.items()
    }
    return [
        f"{key}: found {count} terms, those of everybody counted in; allowed: at most {MOST_TERMS}"
        for key, count in counts.items()
        if count > MOST_TERMS
    ]


def _spellings(table: _List) -> set[str]:
    return {bare(text) for text in (*table.terms, *table.fr, *table.en)}


def _sentence(path: Path, problem: ErrorDetails) -> str:
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] != "extra_forbidden":
        return f"{path}: {key}: {problem['msg']} (found {problem['input']!r})"
    allowed = ", ".join(_List.model_fields) if "." in key else f"[{_EVERYBODY}] and [team.NAME]"
    return f"{path}: {key}: no such key; allowed: {allowed}"
