// @ts-check
/** @import { Key, Words } from "./i18n.js" */
import { DICTIONARY } from "./i18n.js";
import { patternOf } from "./reasons.js";

/**
 * Why something said of a person or a team was refused, in the page's language. The service writes one English sentence,
 * "FIELD: found …; allowed: …": its parts are found among the sentences "refused.…" of the English dictionary.
 */

const FORM = /^(?<field>\w+): found (?<found>'.*'|".*"|\d+ cells); allowed: (?<allowed>.*)$/s;
const ESCAPED = /\\(['"\\])/g;
/** Those with more fixed words first. */
const SENTENCES = Object.entries(DICTIONARY.en)
  .filter(([key]) => key.startsWith("refused.allowed."))
  .sort(([, a], [, b]) => fixed(b) - fixed(a))
  .map(([key, text]) => ({ key: /** @type {Key} */ (key), names: [...text.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]), pattern: patternOf(text) }));

/** @param {string} text */
function fixed(text) {
  return text.replace(/\{\w+\}/g, "").length;
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
  if (parts === undefined) return refusal.replace(/^not a CSV file: /, words.t("refused.csv"));
  return words.t("refused.form", {
    field: words.name("people.field", parts.field),
    found: foundIn(words, parts.found),
    allowed: allowedIn(words, parts.allowed),
  });
}

/** What was found, in the quotation marks of the language. @param {Words} words @param {string} found */
function foundIn(words, found) {
  const cells = /^(\d+) cells$/.exec(found);
  if (cells !== null) return words.plural("refused.cells", Number(cells[1]));
  const text = found.slice(1, -1).replace(ESCAPED, "$1");
  return text === "" ? words.t("refused.nothing") : words.t("refused.found", { text });
}

/** @param {Words} words @param {string} allowed */
function allowedIn(words, allowed) {
  for (const { key, names, pattern } of SENTENCES) {
    const found = pattern.exec(allowed);
    if (found !== null) return words.t(key, Object.fromEntries(names.map((name, at) => [name, valueIn(words, name, found[at + 1])])));
  }
  return allowed;
}

/** A value in a sentence: kinds have words of their own, and so has that there is none. @param {Words} words @param {string} name @param {string} value */
function valueIn(words, name, value) {
  if (name === "kind") return words.name("people.kind", value);
  return value === "none is set up yet" ? words.t("refused.no_team") : value;
}
