"""What the rules and scorecards that lines are about are called. By their ids where nothing is known of them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from qa_monitor.reports.records import Asked, By, Key, Kind, Named
from qa_monitor.rules.ruleset import RulesInForce
from qa_monitor.scorecards.in_force import ScorecardsInForce
from qa_monitor.scorecards.port import ScoreStore

PartNames = Callable[[Asked, Iterable[Key]], Awaitable[Mapping[Key, Named]]]
"""For lines of a report that have a part: its name, where it has one. Raises `StoreError`."""


async def no_names(_: Asked, __: Iterable[Key]) -> Mapping[Key, Named]:
    """Ids stay."""
    return {}


def part_names(rules: RulesInForce, scorecards: ScorecardsInForce, kept: ScoreStore) -> PartNames:
    """From what is in force when a report is made.

    Of rules also those out of service whose files are still there; of scorecards the last version that calls were
    scored by.
    """

    async def found(asked: Asked, keys: Iterable[Key]) -> Mapping[Key, Named]:
        match asked.kind:
            case Kind.FLAGS:
                return _rule_names(rules, asked, keys)
            case Kind.SCORES:
                in_force = {one.scorecard.scorecard_id: one.scorecard for one in scorecards.ready}
                out_of_force = {key.part for key in keys} - set(in_force)
                cards = {**await kept.last_kept(out_of_force), **in_force}
                return {
                    key: Named(cards[key.part].name_en, cards[key.part].name_fr) for key in keys if key.part in cards
                }
            case _:
                return {}

    return found


def _rule_names(rules: RulesInForce, asked: Asked, keys: Iterable[Key]) -> Mapping[Key, Named]:
    """As the line's own tenant and team call them: a line over several has the name that everybody's rules give."""
    names: dict[Key, Named] = {}
    for key in keys:
        team = key.name if asked.by is By.TEAM else asked.only.team or ""
        written = rules.of(key.tenant or asked.only.tenant or "", team).book.written.get(key.part)
        if written is not None:
            names[key] = Named(written.rule.name_en, written.rule.name_fr)
    return names
