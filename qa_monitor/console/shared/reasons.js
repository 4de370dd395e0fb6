// @ts-check
/** @import { Key, Values, Words } from "./i18n.js" */
import { DICTIONARY } from "./i18n.js";

/**
 * Why a connection ended, in the page's language. The service tells the other side one English sentence and shows the
 * same here: it is found among the sentences "why.…" of the English dictionary, and said again with its values filled in.
 */

/** @typedef {{key: Key, names: string[], pattern: RegExp}} Sentence */

/** The sentences of a family, those with more fixed words first. @param {string} family @returns {Sentence[]} */
export function sentencesOf(family) {
  const length = (/** @type {string} */ text) => text.replace(/\{\w+\}/g, "").length;
  return Object.entries(DICTIONARY.en)
    .filter(([key]) => key.startsWith(`${family}.`))
    .sort(([, a], [, b]) => length(b) - length(a))
    .map(([key, text]) => ({ key: /** @type {Key} */ (key), names: [...text.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]), pattern: patternOf(text) }));
}

/** What a sentence looks like with values in its holes. @param {string} text */
function patternOf(text) {
  const fixed = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${fixed.join("(.+?)")}$`, "s");
}

const SENTENCES = sentencesOf("why");
const PARTS = sentencesOf("part");

/**
 * The sentence in the page's language; none where it is not one of ours, or was cut on its way.
 *
 * @param {Words} words
 * @param {string} reason
 * @returns {string|null}
 */
export const reasonIn = (words, reason) => said(words, reason, SENTENCES);

/** @param {Words} words @param {string} text @param {readonly Sentence[]} sentences @returns {string|null} */
function said(words, text, sentences) {
  for (const { key, names, pattern } of sentences) {
    const found = pattern.exec(text);
    if (found === null) continue;
    /** @type {Values} */
    const values = {};
    names.forEach((name, at) => (values[name] = said(words, found[at + 1], name === "why" ? SENTENCES : PARTS) ?? found[at + 1]));
    return words.t(key, values);
  }
  return null;
}
