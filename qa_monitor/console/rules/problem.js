// @ts-check
/** @import { Problem } from "../wire/rules.js" */
/** @import { Values, Words } from "../shared/i18n.js" */
import { sentencesOf } from "../shared/reasons.js";

/**
 * What is wrong in a rule file, in the page's language. The service says in English what it found and what is allowed:
 * both are known again by the sentences of the English dictionary, and said with their values. Names of fields stay.
 * What is missing has whole sentences: "nothing" cannot stand for what was found in every language.
 */
const FOUND = sentencesOf("rules.found");
const MISSING = sentencesOf("rules.missing");
const ALLOWED = sentencesOf("rules.allowed");
const WHY = sentencesOf("rules.why");
/** One of several values, each in quotation marks. */
const CHOICE = /^'[^']*'(?:, '[^']*')* or '[^']*'$/;
const QUOTED = /^(['"]).*\1$/s;

/** @param {Words} words @param {Pick<Problem, "found"|"allowed">} problem @returns {{found: string, allowed: string}} */
export const problemIn = (words, { found, allowed }) => ({
  found: foundIn(words, found),
  allowed: words.language === "en" ? allowed : allowedIn(words, allowed),
});

/** Where it is, and in which rule where the file is not before one's eyes. @param {Words} words @param {Problem} problem @param {boolean} named */
export const fieldIn = (words, { field, rule_id, inherited }, named) =>
  [field, named && rule_id !== "" && words.t("rules.of_rule", { rule: rule_id }), inherited && words.t("rules.inherited")].filter(Boolean).join(" ");

/** As a test of a draft is refused: "calls: FIELD: found …; allowed: …", or since nothing is to be tested. */
const QUERY = /^calls: (?<field>\w+): found (?<found>.*); allowed: (?<allowed>.*)$/s;

/** Why past calls cannot be asked so, or the draft not be tried. @param {Words} words @param {unknown} refusal */
export function queryProblemIn(words, refusal) {
  const parts = QUERY.exec(String(refusal))?.groups;
  if (parts === undefined) return words.t("rules.test.no_change");
  const { found, allowed } = problemIn(words, { found: parts.found, allowed: parts.allowed });
  return words.t(parts.field === "query" ? "rules.test.query" : "rules.test.query_field", { field: parts.field, found, allowed });
}

/** That it was found, or is missing. @param {Words} words @param {string} found */
function foundIn(words, found) {
  if (words.language === "en" || QUOTED.test(found)) return words.t("rules.found", { found });
  return said(words, MISSING, found) ?? words.t("rules.found", { found: said(words, FOUND, found) ?? found });
}

/** @param {Words} words @param {string} allowed */
function allowedIn(words, allowed) {
  if (CHOICE.test(allowed)) return allowed.replace(/ or (?='[^']*'$)/, ` ${words.t("rules.or")} `);
  return said(words, ALLOWED, allowed) ?? allowed;
}

/** @param {Words} words @param {readonly import("../shared/reasons.js").Sentence[]} sentences @param {string} text @returns {string|null} */
function said(words, sentences, text) {
  for (const { key, names, pattern } of sentences) {
    const parts = pattern.exec(text);
    if (parts === null) continue;
    /** @type {Values} */
    const values = {};
    names.forEach((name, at) => (values[name] = valueIn(words, name, parts[at + 1])));
    return words.t(key, values);
  }
  return null;
}

/** Some values are sentences themselves. @param {Words} words @param {string} name @param {string} value */
function valueIn(words, name, value) {
  if (name === "why") return said(words, WHY, value) ?? value;
  return name === "what" ? allowedIn(words, value) : value;
}
