"""Nobody is scored by how a voice sounds: conditions on emotion and mood are refused in scorecards. Pure."""

from collections.abc import Iterator, Mapping

from alerts.combined import Condition, leaves
from alerts.conditions import Flowing, Measure
from alerts.files.document import Document, FieldPath
from alerts.files.problems import RuleProblem
from alerts.files.shape_when import When
from alerts.rule import Rule
from alerts.voiced import rests_on_voice

VOICES = frozenset({Measure.CUSTOMER_LOUDER_DB})
"""Measures of a voice, not of who speaks when."""
ALLOWED = "what was said and who spoke when; no voice, whoever's, ever scores an agent"
REFUSED = ("emotion", "course")


def of_voice(condition: Condition) -> bool:
    """Whether any of it asks how a voice sounds."""
    loud = (leaf.measure in VOICES for leaf in leaves(condition) if isinstance(leaf, Flowing))
    return rests_on_voice(condition) or any(loud)


def voiced_rules(rules: Mapping[str, Rule]) -> frozenset[str]:
    """The rules that ask how a voice sounds, and those that wait for one of them."""
    found = {rule_id for rule_id, rule in rules.items() if of_voice(rule.when)}
    while more := {rule_id for rule_id, rule in rules.items() if rule.waits_for & found} - found:
        found |= more
    return frozenset(found)


def wrong_voices(document: Document, when: When, path: FieldPath) -> Iterator[RuleProblem]:
    """Every condition on a voice, in the order of writing."""
    kind = when.kind
    if kind in REFUSED:
        yield document.problem((*path, kind), f"the condition {kind}", ALLOWED)
    elif when.dynamics is not None and when.dynamics.measure in VOICES:
        yield document.problem((*path, kind, "measure"), repr(when.dynamics.measure), ALLOWED)
    elif when.sequence is not None:
        for index, step in enumerate(when.sequence.steps):
            yield from wrong_voices(document, step, (*path, kind, "steps", index))
    else:
        items: list[When] = getattr(when, kind) if kind in ("all", "any", "none") else []
        for index, item in enumerate(items):
            yield from wrong_voices(document, item, (*path, kind, index))
