// @ts-check
/** @import { Language } from "../wire/calls.js" */
/** @import { Names } from "./names.js" */
import { ENGLISH } from "../words/en.js";
import { FRENCH } from "../words/fr.js";
import { NO_NAMES } from "./names.js";

/** Every sentence of the pages, by language. Both languages have the same keys. */
export const DICTIONARY = { en: ENGLISH, fr: FRENCH };

/** @typedef {keyof typeof ENGLISH} Key */
/** @typedef {Record<string, string|number>} Values */

/**
 * @typedef {object} Words
 * @property {Language} language
 * @property {string} locale for dates: the language as spoken where the person lives
 * @property {Names} names what agents, teams and colleagues are called
 * @property {(key: Key, values?: Values) => string} t the sentence, its {names} filled in
 * @property {(key: string, count: number, values?: Values) => string} plural `key_one` or `key_other`, {n} filled in
 * @property {(family: string, value: string) => string} name words for one of a family, or the value itself
 */

/**
 * The language to start with: what the person chose before, else the first one their browser asks for that we have.
 *
 * @param {string|null} saved
 * @param {readonly string[]} preferred
 * @returns {Language}
 */
export function chooseLanguage(saved, preferred) {
  for (const candidate of [saved ?? "", ...preferred]) {
    const short = candidate.slice(0, 2).toLowerCase();
    if (short === "en" || short === "fr") return short;
  }
  return "en";
}

/**
 * The words of one language. A missing key is an error: a page never shows half a dictionary.
 *
 * @param {Language} language
 * @param {readonly string[]} [preferred] what the browser asks for
 * @param {Names} [names]
 * @returns {Words}
 */
export function wordsOf(language, preferred = [], names = NO_NAMES) {
  /** @type {Record<string, string>} */
  const dictionary = DICTIONARY[language];
  const rules = new Intl.PluralRules(language);

  /** @param {string} key @param {Values} values */
  const sentence = (key, values = {}) => {
    if (!Object.hasOwn(dictionary, key)) throw new Error(`no words for "${key}" in ${language}`);
    return dictionary[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
  return {
    language,
    locale: preferred.find((candidate) => candidate.slice(0, 2).toLowerCase() === language) ?? language,
    names,
    t: sentence,
    plural: (key, count, values = {}) =>
      sentence(`${key}_${rules.select(count) === "one" ? "one" : "other"}`, { n: count, ...values }),
    name: (family, value) => {
      const key = `${family}.${value}`;
      return Object.hasOwn(dictionary, key) ? dictionary[key] : value.replaceAll("_", " ");
    },
  };
}
