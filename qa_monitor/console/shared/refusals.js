// @ts-check
/** @import { Words } from "./i18n.js" */
/** @import { Sentence } from "./reasons.js" */
import { el } from "./dom.js";
import { sentencesOf } from "./reasons.js";
import { reasonOf } from "./sending.js";

/**
 * Why something was refused, in the page's language. The service writes one English sentence: either whole, found among
 * the sentences "refused.whole.…" of the English dictionary, or "FIELD: found …; allowed: …", found in parts.
 */

const FORM = /^(?<field>[\w, ]+): found (?<found>'.*'|".*"|\d+ cells|[-+.\de]+); allowed: (?<allowed>.*)$/s;
/** Values that have words of their own. @type {Record<string, string>} */
const FAMILIES = { kind: "people.kind", act: "refused.act", what: "refused.what", state: "reviews.state" };
const EMPTY = /^(?:''|"")$/;
const ESCAPED = /\\(['"\\])/g;
const SENTENCES = sentencesOf("refused.allowed");
const WHOLE = sentencesOf("refused.whole");

/** Why an answer of the service refused something, in the page's language; none where it gave no reason. @param {Words} words @param {any} json @returns {string|null} */
export function refusedIn(words, json) {
  // fields that were not filled in as they must be are told in English alone
  if (words.language !== "en" && Array.isArray(json?.detail)) {
    return words.t("refused.invalid", { fields: json.detail.map((/** @type {any} */ one) => words.name("people.field", String(one.loc?.at(-1)))).join(", ") });
  }
  const reason = reasonOf(json);
  return reason === null ? null : refusalIn(words, reason);
}

/**
 * The refusal in the page's language; as it came where it has another form, or is English already.
 *
 * @param {Words} words
 * @param {string} refusal
 * @returns {string}
 */
export function refusalIn(words, refusal) {
  if (words.language === "en") return refusal;
  const parts = FORM.exec(refusal)?.groups;
  if (parts === undefined) return sentenceIn(words, WHOLE, refusal) ?? refusal.replace(/^not a CSV file: /, words.t("refused.csv"));
  const form = EMPTY.test(parts.found) ? "refused.form_nothing" : "refused.form";
  return words.t(form, {
    field: words.name("people.field", parts.field),
    found: foundIn(words, parts.found),
    allowed: allowedIn(words, parts.allowed),
  });
}

/**
 * A refusal in its own element: what has no words in the page's language is marked as the English it is.
 *
 * @param {Words} words @param {string} refusal
 */
export function refusalSpan(words, refusal) {
  const said = refusalIn(words, refusal);
  return el("span", { lang: said === refusal ? "en" : words.language }, said);
}

/** What was found, in the quotation marks of the language. @param {Words} words @param {string} found */
function foundIn(words, found) {
  const cells = /^(\d+) cells$/.exec(found);
  if (cells !== null) return words.plural("refused.cells", Number(cells[1]));
  if (/^[-+.\de]+$/.test(found)) return words.t("refused.found", { text: found });
  return words.t("refused.found", { text: found.slice(1, -1).replace(ESCAPED, "$1") });
}

/** @param {Words} words @param {string} allowed */
function allowedIn(words, allowed) {
  return sentenceIn(words, SENTENCES, allowed) ?? allowed;
}

/** The sentence said again with its values; none where it is not one of these. @param {Words} words @param {readonly Sentence[]} sentences @param {string} text */
function sentenceIn(words, sentences, text) {
  for (const { key, names, pattern } of sentences) {
    const found = pattern.exec(text);
    if (found !== null) return words.t(key, Object.fromEntries(names.map((name, at) => [name, valueIn(words, name, found[at + 1])])));
  }
  return null;
}

/** A value in a sentence: kinds have words of their own, and so has that there is none. @param {Words} words @param {string} name @param {string} value */
function valueIn(words, name, value) {
  const family = FAMILIES[name];
  if (family !== undefined) return words.name(family, value.replaceAll(" ", "_"));
  return value === "none is set up yet" ? words.t("refused.no_team") : value;
}
