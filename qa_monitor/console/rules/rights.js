// @ts-check
/** @import { Published, RuleRights, RuleScope, RulesInForce } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { teamOf } from "../shared/names.js";

/** Whose rules one may publish, and which files there are to be written. The server decides; this says it in words. */

/**
 * One line of the list of files: what is published for some calls, or what could be.
 *
 * @typedef {{key: string, scope: RuleScope, text: string|null, yours: boolean}} Choice
 */

/** Names a scope, the same for the same calls. @param {RuleScope} scope */
export const keyOf = (scope) => JSON.stringify([scope.tenant, scope.team]);

/**
 * What is published, then what one could publish and nobody did: for everybody, or for each team of one's own.
 *
 * @param {RulesInForce} rules
 * @returns {Choice[]}
 */
export function choicesOf({ published, rights }) {
  const there = published.map((/** @type {Published} */ one) => ({ key: keyOf(one.scope), ...one }));
  const known = new Set(there.map((one) => one.key));
  const own = rights.every ? [{ tenant: "", team: "" }] : rights.teams;
  const fresh = own.map((scope) => ({ key: keyOf(scope), scope, text: null, yours: true }));
  return [...there, ...fresh.filter((one) => !known.has(one.key))];
}

/** The tenant of whoever sets up no other: teams of it are named without it. */
const DEFAULT_TENANT = "default";

/** Whom they are for. @param {RuleScope} scope @param {Words} words */
export function scopeWords(scope, words) {
  const tenant = scope.tenant === DEFAULT_TENANT && scope.team !== "" ? "" : scope.tenant;
  return [tenant, teamOf(words, scope)].filter((name) => name !== "").join(" / ") || words.t("rules.everybody");
}

/** @param {Choice} choice @param {Words} words */
export function choiceWords({ scope, text, yours }, words) {
  const whom = scopeWords(scope, words);
  if (text === null) return words.t("rules.new", { whom });
  return yours ? whom : words.t("rules.look_only", { whom });
}

/** For whom a file is, in its first lines. @param {RuleScope} scope */
export const topOf = ({ tenant, team }) =>
  // in quotation marks: a name may be a number, or hold a colon
  [["tenant", tenant], ["team", team]].filter(([, name]) => name !== "").map(([field, name]) => `${field}: ${JSON.stringify(name)}\n`).join("");

/** For whom one may publish; nothing where that is for everybody. @param {RuleRights} rights @param {Words} words */
export function rightsWords(rights, words) {
  if (rights.every) return "";
  if (rights.teams.length === 0) return words.t("rules.rights.none");
  return words.t("rules.rights.teams", { teams: rights.teams.map((team) => scopeWords(team, words)).join(", ") });
}

/** Why one may not publish for these calls. @param {RuleScope} scope @param {Words} words */
export const notYoursWords = (scope, words) =>
  scope.tenant !== "" && scope.team !== ""
    ? words.t("rules.not_yours.team", { whom: scopeWords(scope, words) })
    : words.t("rules.not_yours.more", { whom: scopeWords(scope, words) });
