// @ts-check
/**
 * What the routes below /v1/rules answer.
 *
 * @typedef {{file: string, line: number, field: string, found: string, allowed: string, rule_id: string, inherited: boolean}} Problem
 * @typedef {{at: string, problems: Problem[]}} RefusedFiles files changed by hand that did not come into force
 * @typedef {{tenant: string, team: string}} RuleScope
 * @typedef {{scope: RuleScope, added: string[], removed: string[], changed: {rule_id: string, fields: string[]}[]}} Change
 * @typedef {{scope: RuleScope, text: string, yours: boolean}} Published
 * @typedef {{every: boolean, teams: RuleScope[]}} RuleRights for whose calls one may publish
 * @typedef {{number: number, at: string, by: string|null, how: string, scope: RuleScope|null, differences: Change[]}} HistoryEntry
 * @typedef {{useful: number, false_alarm: number, already_known: number, precision: number|null, low: number, high: number}} Figures
 * @typedef {Figures & {tenant: string, team: string, language: string|null}} PlaceFigures
 * @typedef {Figures & {tenant: string, needed: number, demoted: boolean, demoted_since: string|null, restored_at: string|null, restored_by: string|null, yours: boolean}} Standing
 * @typedef {{rule_id: string, rule_version: string, name: {en: string, fr: string}, priority: "high"|"medium"|"low", floor: number|null, shadow: boolean, judged: Standing[], by_team: PlaceFigures[]}} RuleFigures
 * @typedef {{rule: RuleFigures, standing: Standing}} JudgedRule one rule, as one tenant's coaches judge it
 * @typedef {{version: string, enough: number, published: Published[], refused: RefusedFiles|null, rights: RuleRights, sets: {scope: RuleScope, rules: RuleFigures[]}[]}} RulesInForce
 * @typedef {{problems: Problem[], file: string, scope: RuleScope, yours: boolean, differences: Change[]}} Checked
 * @typedef {{rule_id: string, phrase: string, reason: string, certainty: number, lit: number[]}} TriedHit
 * @typedef {{rule_id: string, priority: string, held: string|null}} TriedFlag
 * @typedef {{problems: Problem[], words: string[], hits: TriedHit[], flags: TriedFlag[], names: Record<string, {en: string, fr: string}>}} Tried
 * @typedef {{call_id: string, start_s: number, text: string, words: string[], explanation_en: string, explanation_fr: string, clip: string|null}} Moment
 * @typedef {{hits: number, calls_hit: number, flags: number, held: Record<string, number>}} Count
 * @typedef {{only_new: number, only_old: number, both: number, only_new_first: Moment[], only_old_first: Moment[]}} FlagDifference
 * @typedef {{rule_id: string, name_en: string, name_fr: string, found: Count, flags_per_coach_hour: number|null, listening_min_per_1000_calls: number|null, told_first: Moment[], in_force: Count|null, difference: FlagDifference|null}} RuleTested
 * @typedef {{calls: number, call_hours: number, work_min_per_1000_calls: number|null, agents_per_coach: number, flags_per_coach_hour: number|null, rules: RuleTested[]}} Report
 * @typedef {{test_id: string|null, state: "running"|"done"|"failed"|"cancelled", done: number, total: number, problem: string|null, problems: Problem[], report: Report|null}} Test
 */
export {};
