"""What is found of calls, as JSON. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from qa_monitor.library.cursor import write_cursor
from qa_monitor.library.records import CallFacts, Choices, FoundCall, FoundPage, SavedSearch
from qa_monitor.library.sampling import Part, Reason, Why
from qa_monitor.library.schemas import ChoicesJson, FoundCallJson, FoundPageJson, SearchJson, SnippetJson
from qa_monitor.people.records import AgentKey, Directory, TeamKey
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.schemas.flags import FlagCountsJson
from qa_monitor.schemas.shape import Bilingual


def page_json(page: FoundPage) -> FoundPageJson:
    """One page of calls."""
    return FoundPageJson(
        calls=[found_json(found) for found in page.calls],
        next=None if page.next is None else write_cursor(page.next),
        count=page.count,
        more=page.more,
    )


def found_json(found: FoundCall) -> FoundCallJson:
    """One call in one line."""
    facts = found.facts
    return FoundCallJson(
        call_id=facts.call_id,
        tenant=facts.tenant,
        team=facts.team,
        agent_id=facts.agent_id,
        agents=facts.agents,
        direction=facts.direction,
        language=facts.language,
        state=facts.state,
        began_at=facts.began_at,
        duration_s=facts.duration_s,
        talk_over_s=facts.talk_over_s,
        silence_s=facts.silence_s,
        hold_s=facts.hold_s,
        flags=FlagCountsJson(high=facts.flags_high, medium=facts.flags_medium, low=facts.flags_low),
        held=facts.held,
        verdicts={
            VerdictKind.USEFUL: facts.useful,
            VerdictKind.FALSE_ALARM: facts.false_alarm,
            VerdictKind.ALREADY_KNOWN: facts.already_known,
        },
        course=facts.course,
        trend=facts.trend,
        score=facts.score,
        failed=facts.failed,
        snippets=[
            SnippetJson(at_s=each.at_s, speaker=each.speaker, text=each.text, marks=list(each.marks))
            for each in found.snippets
        ],
    )


def choices_json(choices: Choices, names: Mapping[str, Bilingual]) -> ChoicesJson:
    """What there is to filter by; `names` of rules that are in force."""
    return ChoicesJson(
        tenants=list(choices.tenants),
        teams=list(choices.teams),
        agents=list(choices.agents),
        rules=list(choices.rules),
        rule_names={rule_id: names[rule_id] for rule_id in choices.rules if rule_id in names},
    )


def search_json(search: SavedSearch, owner: str) -> SearchJson:
    """A search somebody named, as this account sees it."""
    return SearchJson(
        search_id=search.search_id,
        name=search.name,
        query=search.query,
        shared=search.shared,
        own=search.owner == owner,
        made_at=search.made_at,
    )


def named(reason: Reason, part: Part, facts: CallFacts, directory: Directory) -> Reason:
    """The same with the team or agent of the call it was drawn for as people call them."""
    team = directory.team_name(TeamKey(facts.tenant, facts.team))
    match part:
        case Part.TEAM if reason.stratum:
            return replace(reason, stratum=team)
        case Part.AGENT if reason.stratum:
            agent = directory.agent_name(AgentKey(facts.tenant, facts.agent_id))
            return replace(reason, stratum=f"{team}\u2013{agent}")
        case _:
            return reason


def reason_text(reason: Reason) -> Bilingual:
    """Why a call was chosen, in words."""
    match reason.why:
        case Why.RANDOM:
            return Bilingual(
                en=f"at random: {reason.chosen} of {reason.of}", fr=f"au hasard\u00a0: {reason.chosen} sur {reason.of}"
            )
        case Why.STRATUM:
            return Bilingual(
                en=f"stratum {reason.stratum}: {reason.chosen} of {reason.of}",
                fr=f"strate {reason.stratum}\u00a0: {reason.chosen} sur {reason.of}",
            )
        case Why.FAILED:
            return Bilingual(en="failed outright", fr="note éliminatoire")
        case Why.SCORE:
            score = reason.score or 0.0
            return Bilingual(en=f"lowest score: {score:.0f}", fr=f"note la plus basse\u00a0: {score:.0f}")
        case Why.FLAGS:
            high, medium, low = reason.flags
            counted = ((high, "haute"), (medium, "moyenne"), (low, "basse"))
            return Bilingual(
                en=f"most flags: {high} high, {medium} medium, {low} low",
                fr="le plus d’alertes\u00a0: " + ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counted),
            )
        case Why.COURSE:
            return Bilingual(en="customer most upset at the end", fr="client le plus contrarié à la fin")
