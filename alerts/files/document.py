"""Adapter to PyYAML: a file as plain data that remembers on which line each field stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from alerts.files.plain_text import Unreadable, read_plain_text
from alerts.files.problems import RuleError, RuleProblem

FieldPath: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of the file, such as `("rules", 2, "deadline_s")`."""
Plain: TypeAlias = "None | bool | int | float | str | list[Plain] | dict[str, Plain]"

_NULLS = {"", "~", "null"}
_TRUTHS = {"true": True, "True": True, "false": False, "False": False}
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?([0-9]{1,15}\.?[0-9]{0,15}|\.[0-9]{1,15})([eE][-+]?[0-9]{1,2})?")
_TAG = "tag:yaml.org,2002:"
_TAGS = {_TAG + name for name in ("null", "bool", "int", "float", "str", "timestamp", "value", "merge", "seq", "map")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file says, and where it says it."""

    file: Path
    data: Plain
    lines: Mapping[FieldPath, int]

    def line(self, path: FieldPath) -> int:
        """The line of a field; of the nearest field around it where it is missing."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def problem(self, path: FieldPath, found: str, allowed: str) -> RuleProblem:
        """Something wrong at this field, which may have been filled in from elsewhere: it then stands on no line."""
        return RuleProblem(
            file=self.file,
            line=self.line(path),
            field=field_name(path),
            found=found,
            allowed=allowed,
            rule_id=self._rule_id(path),
            inherited=path not in self.lines and self._value(path) is not None,
        )

    def _rule_id(self, path: FieldPath) -> str:
        rule_id = self._value((*path[:2], "id")) if path[:1] == ("rules",) else None
        return rule_id if isinstance(rule_id, str) else ""

    def _value(self, path: FieldPath) -> Plain:
        """What stands in a field; None where there is no such field."""
        value = self.data
        for part in path:
            match value, part:
                case dict(), str():
                    value = value.get(part)
                case list(), int() if part < len(value):
                    value = value[part]
                case _:
                    return None
        return value


def field_name(path: FieldPath) -> str:
    """A path as people write it: `rules[2].deadline_s`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).lstrip(".")


def read_document(file: Path) -> Document:
    """Read one YAML file. Raises `RuleError` naming file and line where it cannot be read as plain data."""
    return parse_document(_text(file), file)


def parse_document(text: str, file: Path) -> Document:
    """Text as of this file, which need not exist. Raises `RuleError` as `read_document` does."""
    try:
        reader, data = _read(text, file)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise _refused(file, line, f"the character U+{ord(text[error.position]):04X}", "printable text") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        found = (error.problem or "a syntax error").removeprefix("found ")
        raise _refused(file, mark.line + 1 if mark else 1, found, "valid YAML") from error
    except RecursionError as error:
        raise _refused(file, 1, "lists or fields nested hundreds deep", "the fields of a rule file") from error
    if reader.problems:
        raise RuleError(reader.problems)
    return Document(file=file, data=data, lines=reader.lines)


def _read(text: str, file: Path) -> "tuple[_Reader, Plain]":
    """What the parser finds, piece by piece: libyaml would build data by recursion, which a bad file could exhaust.

    No piece is kept: a thousand rules have 45,000, each of several objects.
    """
    reader = _Reader(file)
    if yaml.__with_libyaml__:
        try:
            return reader, reader.document(yaml.parse(text, Loader=yaml.CSafeLoader))
        except yaml.YAMLError:
            reader = _Reader(file)  # the parser written in Python says the same more plainly, and says where
    return reader, reader.document(yaml.parse(text, Loader=yaml.SafeLoader))


def _text(file: Path) -> str:
    try:
        return read_plain_text(file)
    except Unreadable as error:
        raise _refused(file, error.line, error.found, error.allowed) from error


def _refused(file: Path, line: int, found: str, allowed: str) -> RuleError:
    return RuleError([RuleProblem(file=file, line=line, field="", found=found, allowed=allowed)])


class _Reader:
    """Turns events into plain data, noting lines and problems on the way."""

    def __init__(self, file: Path) -> None:
        self.lines: dict[FieldPath, int] = {(): 1}
        self.problems: list[RuleProblem] = []
        self._file = file

    def document(self, events: Iterable[yaml.Event]) -> Plain:
        """The one document; nothing where the text is empty."""
        data: Plain = None
        count = 0
        left = iter(events)
        for event in left:
            if isinstance(event, yaml.DocumentStartEvent):
                count += 1
                if count > 1:
                    line = _line(event)
                    raise _refused(self._file, line, "but found another document", "valid YAML")
            elif isinstance(event, yaml.NodeEvent):
                data = self._node(event, left, ())
        return data

    def _node(self, event: yaml.Event, left: Iterator[yaml.Event], path: FieldPath) -> Plain:
        line = self.lines.setdefault(path, _line(event))
        match event:
            case yaml.AliasEvent():  # it could repeat what it stands for without end
                self._note(path, line, "an alias (*)", "the value written out")
                return None
            case yaml.ScalarEvent(tag=str(tag)) | yaml.CollectionStartEvent(tag=str(tag)) if tag not in _TAGS:
                self._note(path, line, f"the tag {tag.removeprefix(_TAG)}", "no tags")
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(left, path)
            case yaml.SequenceStartEvent():
                return [
                    self._node(item, left, (*path, index))
                    for index, item in enumerate(iter(lambda: _inner(left), None))
                ]
            case _:
                return _scalar(event)

    def _mapping(self, left: Iterator[yaml.Event], path: FieldPath) -> dict[str, Plain]:
        data: dict[str, Plain] = {}
        while (key := _inner(left)) is not None:
            line = _line(key)
            if not isinstance(key, yaml.ScalarEvent):
                self._note(path, line, "a list or mapping as a field name", "a word as a field name")
                _skip(key, left)
                _skip(next(left), left)
                continue
            name = str(key.value)
            here = (*path, name)
            if name in data:
                self._note(here, line, f"it a second time, first on line {self.lines[here]}", "each field once")
                _skip(next(left), left)
                continue
            self.lines[here] = line
            data[name] = self._node(next(left), left, here)
        return data

    def _note(self, path: FieldPath, line: int, found: str, allowed: str) -> None:
        problem = RuleProblem(file=self._file, line=line, field=field_name(path), found=found, allowed=allowed)
        self.problems.append(problem)


def _inner(left: Iterator[yaml.Event]) -> yaml.Event | None:
    """The next piece of a list or mapping; None at its end."""
    event = next(left)
    return None if isinstance(event, yaml.CollectionEndEvent) else event


def _skip(event: yaml.Event, left: Iterator[yaml.Event]) -> None:
    """Step over the value that begins with this event, whatever it holds."""
    depth = int(isinstance(event, yaml.CollectionStartEvent))
    while depth:
        event = next(left)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)


def _line(event: yaml.Event) -> int:
    """Counted from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.Event) -> Plain:
    """The value of a scalar. Words such as no, on and 10:30 stay text: phrases are full of them."""
    if not isinstance(event, yaml.ScalarEvent):
        return None
    text = str(event.value)
    if event.style not in (None, ""):
        return text
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
