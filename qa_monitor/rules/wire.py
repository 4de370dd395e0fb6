"""Records about rules to their JSON shapes. Plain functions."""

from collections.abc import Iterable, Sequence, Set

from alerts.files.problems import RuleProblem
from alerts.files.sources import Scope
from alerts.rule import Rule
from qa_monitor.records.verdicts import VerdictCount
from qa_monitor.rules.draft_schemas import CheckedJson, HitJson, TriedFlagJson, TriedJson
from qa_monitor.rules.history import Entry, ScopeDifference
from qa_monitor.rules.history_schemas import ChangedRuleJson, DifferenceJson, EntryJson
from qa_monitor.rules.precision import Place, Precision, by_place, pooled
from qa_monitor.rules.publishing import Checked
from qa_monitor.rules.rights import Rights, holding
from qa_monitor.rules.ruleset import RuleSet, Sets
from qa_monitor.rules.rulesets import RuleSets
from qa_monitor.rules.schemas import (
    JudgedJson,
    PlacePrecisionJson,
    PrecisionJson,
    ProblemJson,
    RefusedJson,
    RightsJson,
    RuleJson,
    RuleSetJson,
    ScopeJson,
)
from qa_monitor.rules.trial import Trial
from qa_monitor.schemas.shape import Bilingual
from qa_monitor.wire.flags import PRIORITY_LABELS


def scope_json(scope: Scope) -> ScopeJson:
    """Whose calls."""
    return ScopeJson(tenant=scope.tenant, team=scope.team)


def problems_json(problems: Iterable[RuleProblem]) -> list[ProblemJson]:
    """What is wrong, in reading order."""
    return [
        ProblemJson(
            file=str(one.file),
            line=one.line,
            field=one.field,
            found=one.found,
            allowed=one.allowed,
            rule_id=one.rule_id,
            inherited=one.inherited,
        )
        for one in problems
    ]


def refused_json(rules: RuleSets) -> RefusedJson | None:
    """The last change of files, where it was refused."""
    refused = rules.refused
    return None if refused is None else RefusedJson(at=refused.at, problems=problems_json(refused.problems))


def rights_json(rights: Rights) -> RightsJson:
    """For whose calls somebody may publish."""
    teams = [ScopeJson(tenant=team.tenant, team=team.team) for team in sorted(rights.teams)]
    return RightsJson(every=rights.every, teams=teams)


def set_json(scope: Scope, found: RuleSet, rules: RuleSets, rights: Rights) -> RuleSetJson:
    """The rules for these calls, each with what coaches said of it."""
    return RuleSetJson(
        scope=scope_json(scope),
        version=found.book.version,
        rules=[rule_json(rule, rules, rights) for rule in found.book.rules],
    )


def rule_json(rule: Rule, rules: RuleSets, rights: Rights) -> RuleJson:
    """One rule; verdicts count for its present version, those of its trial while it is on trial and no longer."""
    version = rule.rule_id, rule.rule_version
    own = [one for one in rules.counts if _counts_for(rule, one)]
    restored = {tenant for tenant, rule_of in rules.standing.restored if rule_of == version}
    tenants = sorted({one.tenant for one in own} | restored)
    return RuleJson(
        rule_id=rule.rule_id,
        rule_version=rule.rule_version,
        name=Bilingual(en=rule.name_en, fr=rule.name_fr),
        priority=PRIORITY_LABELS[rule.priority],
        floor=rule.floor,
        shadow=rule.shadow,
        demoted_for=[tenant for tenant in tenants if version in rules.demoted(tenant)],
        precision=PrecisionJson.model_validate(_figures(pooled(own))),
        judged=[_judged_json(tenant, rule, rules, rights) for tenant in tenants],
        by_team=[_place_json(place, found) for place, found in by_place(own, version).items()],
    )


def difference_json(one: ScopeDifference) -> DifferenceJson:
    """What changes for these calls."""
    return DifferenceJson(
        scope=scope_json(one.scope),
        added=list(one.difference.added),
        removed=list(one.difference.removed),
        changed=[
            ChangedRuleJson(rule_id=changed.rule_id, fields=list(changed.fields)) for changed in one.difference.changed
        ],
    )


def entry_json(entry: Entry) -> EntryJson:
    """One set that was in force."""
    return EntryJson(
        number=entry.number,
        at=entry.at,
        by=entry.by,
        how=entry.how,
        version=entry.version,
        differences=[difference_json(one) for one in entry.differences],
        scope=None if entry.published is None else scope_json(entry.published.scope),
        undoes=entry.undoes,
    )


def checked_json(checked: Checked, rights: Rights) -> CheckedJson:
    """What a draft would do."""
    return CheckedJson(
        problems=problems_json(checked.problems),
        file=str(checked.file),
        scope=scope_json(checked.scope),
        yours=all(map(rights.cover, [checked.scope, *(one.scope for one in checked.differences)])),
        version=checked.version,
        differences=[difference_json(one) for one in checked.differences],
    )


def tried_json(trial: Trial, rules: RuleSet) -> TriedJson:
    """What these rules make of a sentence."""
    told = [(flag, None) for flag in trial.decision.told]
    held = [(one.flag, one.reason) for one in trial.decision.held]
    return TriedJson(
        problems=[],
        words=[word.text for word in trial.words],
        hits=[
            HitJson(
                rule_id=hit.rule_id,
                phrase=hit.phrase,
                part=hit.part,
                reason=hit.reason,
                certainty=round(hit.certainty, 3),
                lit=list(trial.lit(hit)),
            )
            for hit in trial.hits
        ],
        flags=[
            TriedFlagJson(rule_id=flag.rule_id, priority=PRIORITY_LABELS[flag.priority], held=reason)
            for flag, reason in (*told, *held)
        ],
        names=_names(rules, {*(hit.rule_id for hit in trial.hits), *(flag.rule_id for flag, _ in (*told, *held))}),
    )


def _names(rules: RuleSet, rule_ids: Set[str]) -> dict[str, Bilingual]:
    return {
        rule.rule_id: Bilingual(en=rule.name_en, fr=rule.name_fr)
        for rule in rules.book.rules
        if rule.rule_id in rule_ids
    }


def names_of(sets: Sets) -> dict[str, Bilingual]:
    """Of every rule in force, by id; where scopes differ, as everybody has it."""
    rules = [rule for scope in sorted(sets, key=lambda one: (one.tenant, one.team)) for rule in sets[scope].book.rules]
    return {rule.rule_id: Bilingual(en=rule.name_en, fr=rule.name_fr) for rule in reversed(rules)}


def not_tried(problems: Sequence[RuleProblem]) -> TriedJson:
    """The draft is wrong in itself."""
    return TriedJson(problems=problems_json(problems), words=[], hits=[], flags=[], names={})


def _counts_for(rule: Rule, one: VerdictCount) -> bool:
    return (one.rule_id, one.rule_version, one.on_trial) == (rule.rule_id, rule.rule_version, rule.shadow)


def _judged_json(tenant: str, rule: Rule, rules: RuleSets, rights: Rights) -> JudgedJson:
    version = rule.rule_id, rule.rule_version
    found = pooled(one for one in rules.counts if _counts_for(rule, one) and one.tenant == tenant)
    of = tenant, version
    restored = rules.standing.restored.get(of)
    demoted = version in rules.demoted(tenant)
    standing = {
        "tenant": tenant,
        "needed": found.needed,
        "demoted": demoted,
        "demoted_since": rules.standing.demoted_since.get(of) if demoted else None,
        "restored_at": None if restored is None else restored.at,
        "restored_by": None if restored is None else restored.by,
        "yours": all(map(rights.cover, holding(rules.in_force.sets, tenant, version))),
    }
    return JudgedJson.model_validate(_figures(found) | standing)


def _place_json(place: Place, found: Precision) -> PlacePrecisionJson:
    named = {"tenant": place.tenant, "team": place.team, "language": place.language}
    return PlacePrecisionJson.model_validate(_figures(found) | named)


def _figures(found: Precision) -> dict[str, object]:
    return {
        "useful": found.useful,
        "false_alarm": found.false_alarm,
        "already_known": found.already_known,
        "precision": None if found.share is None else round(found.share, 4),
        "low": round(found.interval.low, 4),
        "high": round(found.interval.high, 4),
    }
