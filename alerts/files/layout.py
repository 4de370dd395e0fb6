"""Adapter to PyYAML: a rule as the text a person would write into a rule file."""

import math
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import Any

import yaml

from alerts.files.document import Plain

SHORT = 80
"""Characters of what stands on one line together; longer lists and fields have a line for each part."""
STEP = "  "
"""Before the rules of a file, as in the files of the product."""


def rule_text(data: Mapping[str, Plain]) -> str:
    """The rule as an item of `rules:`; read again, it says the same."""
    text = yaml.dump(
        [dict(data)],
        Dumper=_WrittenOut,
        allow_unicode=True,
        default_flow_style=None,  # short things on one line, as people write them
        sort_keys=False,
        width=math.inf,  # a phrase is not broken
    )
    return indent(text, STEP)


class _WrittenOut(yaml.SafeDumper):
    """Writes nothing as a reference to something above, which a rule file may not hold."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = node.flow_style and _length(node.value) <= SHORT
        return node

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = node.flow_style and _length([part for pair in node.value for part in pair]) <= SHORT
        return node


def _length(parts: Sequence[yaml.Node]) -> int:
    """Of all of them on one line."""
    return sum(len(part.value) + len(", ") for part in parts)
