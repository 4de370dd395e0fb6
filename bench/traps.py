"""Sentences that only seem to say it: how many are judged rightly, per language, kind and part.

    python bench/traps.py [--json OUT] [--misses]

The sentences are those of tests/keywords/traps_{fr,en}.yaml. A third of their templates, with all their sentences, is
held out: nothing is tuned on them. Those of traps_wider_{fr,en}.yaml, traps_grammar_{fr,en}.yaml,
traps_turns_{fr,en}.yaml and traps_companies_{fr,en}.yaml are for tuning, too, and apart so that the choice of what is
held out stays as it is. Those of traps_fresh_{fr,en}.yaml were written before the grammar they first measured and are
all held out; those of traps_unseen_{fr,en}.yaml and traps_later_{fr,en}.yaml were written after it, and are held out,
too. Those of traps_clauses_{fr,en}.yaml were written to teach another judge, and those of
traps_concessions_{fr,en}.yaml, long and with a concession or a courtesy before the wish, to measure the grammar once;
it is tuned on both since. Those of traps_afterwards_{fr,en}.yaml are of the same kinds, written after that tuning, and
held out.
`--misses` shows what the tuning parts get wrong and never a held-out sentence.
"""

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from alerts.rulebook import STARTER_RULES, load_rulebook
from keywords.matcher import Matcher, WordRule
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId

SEED = 5
HELD_OUT_SHARE = 3
"""One template in this many is held out."""
Figures = dict[str, dict[str, int | float]]
"""Per group of sentences: right, total, share."""
SENTENCES = Path(__file__).parents[1] / "tests" / "keywords"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """A sentence a customer says, and whether it should fire a rule."""

    text: str
    rule: str
    fires: bool
    kind: str
    template: str
    """Sentences of one template are built alike: they are all held out or none is."""
    held_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many sentences were judged rightly."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """0 to 1; 1 where there is nothing to judge."""
        return self.right / self.total if self.total else 1.0


def held_out_templates(templates: Iterable[str]) -> frozenset[str]:
    """The third of the templates that nothing is tuned on. The seed alone chooses them."""
    ranked = sorted(set(templates), key=lambda template: hashlib.sha256(f"{SEED}:{template}".encode()).hexdigest())
    return frozenset(ranked[: round(len(ranked) / HELD_OUT_SHARE)])


class TrapSet(StrEnum):
    """A file of sentences per language."""

    FIRST = "traps"
    """Two thirds for tuning, a third held out."""
    WIDER = "traps_wider"
    """For tuning."""
    GRAMMAR = "traps_grammar"
    """For tuning: one construction after the other."""
    TURNS = "traps_turns"
    """For tuning: each in a turn of phrase of its own."""
    COMPANIES = "traps_companies"
    """For tuning: by what the company sells."""
    FRESH = "traps_fresh"
    """Held out."""
    UNSEEN = "traps_unseen"
    """Held out, and written when the grammar was as it is."""
    CLAUSES = "traps_clauses"
    """For tuning: what a judge of clauses was taught with (`clause_judge.py`) before the grammar was tuned on it."""
    LATER = "traps_later"
    """Held out, written last, much of it as recognised."""
    CONCESSIONS = "traps_concessions"
    """For tuning since they were measured once: long, with a concession or a courtesy before the wish."""
    AFTERWARDS = "traps_afterwards"
    """Held out, of the kinds of the concessions, and written after the grammar was tuned on those."""


FOR_TUNING = (TrapSet.WIDER, TrapSet.GRAMMAR, TrapSet.TURNS, TrapSet.COMPANIES, TrapSet.CLAUSES, TrapSet.CONCESSIONS)


def load_traps(language: Language, trap_set: TrapSet = TrapSet.FIRST) -> tuple[Trap, ...]:
    """The sentences of a language. Raises `TypeError` on a missing or unknown field."""
    name = f"{trap_set.value}_{language.value}.yaml"
    written = yaml.safe_load((SENTENCES / name).read_text(encoding="utf-8"))
    return tuple(Trap(**fields) for fields in written["sentences"])


def said(text: str, language: Language) -> Utterance:
    """The sentence as a final of the customer, every word surely heard."""
    return Utterance(
        call_id=CallId("traps"),
        utterance_id=UtteranceId("0-0.000"),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=0.0,
        end_s=0.4 * len(text.split()),
        text=text,
        words=(),
        language=language,
        confidence=0.9,
        final=True,
        revision=1,
    )


def starter_rules() -> tuple[WordRule, ...]:
    """What the rules the product comes with listen for."""
    return load_rulebook([STARTER_RULES]).word_rules


def fired(matcher: Matcher, trap: Trap, language: Language) -> bool:
    """Whether the sentence fires its rule."""
    return any(hit.rule_id == trap.rule for hit in matcher.hits(said(trap.text, language)))


def misses(matcher: Matcher, traps: Iterable[Trap], language: Language) -> tuple[Trap, ...]:
    """The sentences judged wrongly."""
    return tuple(trap for trap in traps if fired(matcher, trap, language) is not trap.fires)


def tally(traps: Collection[Trap], missed: Collection[Trap]) -> Tally:
    """How many of the sentences are not among the missed."""
    return Tally(right=sum(trap not in missed for trap in traps), total=len(traps))


def figures(traps: Collection[Trap], missed: Collection[Trap]) -> Figures:
    """Right, total and share of all, of what must fire and must not, and of each kind."""
    groups: dict[str, list[Trap]] = defaultdict(list)
    for trap in traps:
        for group in ("all", "fires" if trap.fires else "quiet", f"kind {trap.kind}"):
            groups[group].append(trap)
    tallies = {name: tally(group, missed) for name, group in groups.items()}
    return {
        name: {"right": found.right, "total": found.total, "share": round(found.share, 4)}
        for name, found in sorted(tallies.items())
    }


def measured(language: Language, rules: Sequence[WordRule]) -> dict[str, Figures]:
    """All figures of a language, for each part."""
    sets = {trap_set: load_traps(language, trap_set) for trap_set in TrapSet}
    missed = misses(Matcher(rules), [trap for traps in sets.values() for trap in traps], language)
    return {
        "tuning": figures([trap for trap in sets[TrapSet.FIRST] if not trap.held_out], missed),
        "wider": figures(sets[TrapSet.WIDER], missed),
        "grammar": figures(sets[TrapSet.GRAMMAR], missed),
        "turns": figures(sets[TrapSet.TURNS], missed),
        "companies": figures(sets[TrapSet.COMPANIES], missed),
        "held_out": figures([trap for trap in sets[TrapSet.FIRST] if trap.held_out], missed),
        "fresh": figures(sets[TrapSet.FRESH], missed),
        "unseen": figures(sets[TrapSet.UNSEEN], missed),
        "clauses": figures(sets[TrapSet.CLAUSES], missed),
        "later": figures(sets[TrapSet.LATER], missed),
        "concessions": figures(sets[TrapSet.CONCESSIONS], missed),
        "afterwards": figures(sets[TrapSet.AFTERWARDS], missed),
    }


def show(language: Language, found: Mapping[str, Figures]) -> None:
    """One table per part."""
    for part, table in found.items():
        print(f"{language.value}, {part}")
        for name, row in table.items():
            print(f"    {name:24} {row['right']:4} of {row['total']:4}  {row['share']:7.1%}")


def main() -> None:
    """Measure, print, and write the figures where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures here")
    parser.add_argument("--misses", action="store_true", help="show what the tuning parts get wrong")
    options = parser.parse_args()
    rules = starter_rules()
    results = {language.value: measured(language, rules) for language in Language}
    for language in Language:
        show(language, results[language.value])
        if options.misses:
            tuning = [trap for one in TrapSet for trap in load_traps(language, one) if not trap.held_out]
            for trap in misses(Matcher(rules), tuning, language):
                print(f"  MISSED {'fires' if trap.fires else 'quiet'} {trap.rule}: {trap.text} [{trap.template}]")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
