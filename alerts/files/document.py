"""Adapter to PyYAML: a file as plain data that remembers on which line each field stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from alerts.problems import RuleError, RuleProblem

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
        """Something wrong at this field."""
        return RuleProblem(file=self.file, line=self.line(path), field=field_name(path), found=found, allowed=allowed)


def field_name(path: FieldPath) -> str:
    """A path as people write it: `rules[2].deadline_s`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).lstrip(".")


def read_document(file: Path) -> Document:
    """Read one YAML file. Raises `RuleError` naming file and line where it cannot be read as plain data."""
    text = _text(file)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        reader = _Reader(file)
        data = reader.read(root, ()) if root else None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise _refused(file, line, f"the character U+{ord(text[error.position]):04X}", "printable text") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refused(file, mark.line + 1 if mark else 1, error.problem or "a syntax error", "valid YAML") from error
    except RecursionError as error:
        raise _refused(file, 1, "lists or fields nested hundreds deep", "the fields of a rule file") from error
    if reader.problems:
        raise RuleError(reader.problems)
    return Document(file=file, data=data, lines=reader.lines)


def _text(file: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise _refused(file, 1, error.strerror or "a file that cannot be read", "a readable file") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _refused(file, line, f"the byte 0x{raw[error.start]:02x}", "text saved as UTF-8") from error


def _refused(file: Path, line: int, found: str, allowed: str) -> RuleError:
    return RuleError([RuleProblem(file=file, line=line, field="", found=found, allowed=allowed)])


class _Reader:
    """Turns nodes into plain data, noting lines and problems on the way."""

    def __init__(self, file: Path) -> None:
        self.lines: dict[FieldPath, int] = {(): 1}
        self.problems: list[RuleProblem] = []
        self._file = file
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, path: FieldPath) -> Plain:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:  # an alias could repeat a node without end
            self._note(path, self.lines[path], "an alias (*)", "the value written out")
            return None
        self._seen.add(id(node))
        if node.tag not in _TAGS:
            self._note(path, self.lines[path], f"the tag {node.tag.removeprefix(_TAG)}", "no tags")
            return None
        match node:
            case yaml.MappingNode():
                return self._mapping(node, path)
            case yaml.SequenceNode():
                return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
            case _:
                return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: FieldPath) -> dict[str, Plain]:
        data: dict[str, Plain] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._note(path, line, "a list or mapping as a field name", "a word as a field name")
                continue
            here = (*path, str(key.value))
            if here[-1] in data:
                self._note(here, line, f"it a second time, first on line {self.lines[here]}", "each field once")
                continue
            self.lines[here] = line
            data[str(key.value)] = self.read(value, here)
        return data

    def _note(self, path: FieldPath, line: int, found: str, allowed: str) -> None:
        problem = RuleProblem(file=self._file, line=line, field=field_name(path), found=found, allowed=allowed)
        self.problems.append(problem)


def _scalar(node: yaml.Node) -> Plain:
    """The value of a scalar. Words such as no, on and 10:30 stay text: phrases are full of them."""
    text = str(node.value)
    if not isinstance(node, yaml.ScalarNode) or node.style is not None:
        return text
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
