// @ts-check
/** @import { RuleScope, RulesInForce } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { ask } from "../shared/server.js";

/** Rules in force, put into a draft to be read and changed: nobody writes from memory what a rule says now. */

/**
 * The form above the editor.
 *
 * @param {{text: string, replace: (text: string) => void, goTo: (line: number) => void}} editor
 * @param {() => {scope: RuleScope, untouched: boolean, words: Words}} now whom the draft is for, and whether anybody wrote in it
 * @returns {(rules: RulesInForce|null) => void} draws the choice
 */
export function createAdopting(editor, now) {
  /** @type {HTMLSelectElement} */
  const choice = byId("in-force-rule");
  const adopt = async () => {
    const { scope, untouched, words } = now();
    const there = lineOf(editor.text, choice.value);
    if (there !== null && !untouched) {
      editor.goTo(there);
      return say(byId("adopted"), words.t("rules.adopt.there", { line: there }));
    }
    try {
      const asked = new URLSearchParams({ tenant: scope.tenant, team: scope.team });
      /** @type {{text: string}} */
      const { text } = await ask(`/v1/rules/written/${encodeURIComponent(choice.value)}?${asked}`);
      editor.replace(withRule(untouched ? headOf(editor.text) : editor.text, text));
      editor.goTo(lineOf(editor.text, choice.value) ?? 1);
      say(byId("adopted"), "");
    } catch {
      say(byId("adopted"), words.t("rules.failed"));
    }
  };
  byId("adopt").addEventListener("submit", (event) => {
    event.preventDefault();
    void adopt();
  });
  return (rules) => {
    const { scope, words } = now();
    const kept = choice.value;
    const named = rulesFor(rules, scope).map((rule) => ({ id: rule.rule_id, name: rule.name[words.language] }));
    named.sort((a, b) => a.name.localeCompare(b.name, words.locale));
    fill(choice, ...named.map(({ id, name }) => el("option", { value: id }, `${name} (${id})`)));
    if (named.some(({ id }) => id === kept)) choice.value = kept;
  };
}

/** The rules that hold for these calls: those of the team, of the tenant, or everybody's. @param {RulesInForce|null} rules @param {RuleScope} scope */
export function rulesFor(rules, scope) {
  const sets = (rules?.sets ?? []).filter((set) => ["", scope.tenant].includes(set.scope.tenant) && ["", scope.team].includes(set.scope.team));
  const near = (/** @type {{scope: RuleScope}} */ set) => (set.scope.tenant !== "" ? 2 : 0) + (set.scope.team !== "" ? 1 : 0);
  return sets.reduce((best, set) => (best === null || near(set) > near(best) ? set : best), /** @type {typeof sets[0]|null} */ (null))?.rules ?? [];
}

/** The line on which a draft names this rule; null where it does not. @param {string} text @param {string} ruleId */
export function lineOf(text, ruleId) {
  const at = text.split("\n").findIndex((line) => /^\s*(?:- )?\s*id:\s*(.*?)\s*(?:#.*)?$/.exec(line)?.[1].replace(/^(["'])(.*)\1$/, "$2") === ruleId);
  return at < 0 ? null : at + 1;
}

/** What stands above the first rule. @param {string} text */
const headOf = (text) => text.slice(0, text.search(/^rules:/m) < 0 ? 0 : text.search(/^rules:/m));

/**
 * The draft with one rule more, before its others, as far from the edge as they are.
 *
 * @param {string} text
 * @param {string} rule an item of a list, indented by two
 */
export function withRule(text, rule) {
  const head = /^rules:[ \t]*(?:#.*)?\n?/m.exec(text);
  if (head === null) return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}rules:\n${rule}`;
  const end = head.index + head[0].length;
  const indent = /^([ ]*)- /m.exec(text.slice(end))?.[1] ?? "  ";
  const moved = rule.replace(/^ {2}/gm, indent);
  return `${text.slice(0, end)}${head[0].endsWith("\n") ? "" : "\n"}${moved}${text.slice(end)}`;
}
