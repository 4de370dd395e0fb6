// @ts-check
/**
 * A rule's phrase as a person would say it. Pure.
 *
 * Rules are written with signs: `(a|b)` is one of, `[a]` may be missing, `a*` takes any ending, and ` !(…)` at the end
 * says what must not follow. Someone who reads a flag wants the words, not the signs.
 */

const UNLESS = / !\([^()]*\)\s*$/;
const PART = /\(([^()]*)\)|\[([^[\]]*)\]|([^()[\]]+)/g;
const NAMED = 2;

/**
 * The phrase in plain words, choosing what was heard where the rule leaves a choice; empty when it says nothing that
 * the heard words do not say already.
 *
 * @param {string} phrase as the rule is written
 * @param {string} heard the words that matched
 * @returns {string}
 */
export function plainPhrase(phrase, heard) {
  const said = bare(heard);
  const parts = [...phrase.replace(UNLESS, "").matchAll(PART)].map(([, choice, optional, plain]) => {
    if (choice !== undefined) return chosen(choice.split("|"), said);
    if (optional !== undefined) return holds(said, optional) ? optional : "";
    return plain;
  });
  const text = parts.join(" ").replace(/\s+/g, " ").replace(/ (?=[’'])|(?<=[’']) /g, "").trim();
  return bare(text) === said ? "" : text.replaceAll("*", "…");
}

/** The alternative that was heard, else the first few. @param {string[]} alternatives @param {string} said */
function chosen(alternatives, said) {
  const heard = alternatives.find((alternative) => holds(said, alternative));
  if (heard !== undefined) return heard;
  const some = alternatives.slice(0, NAMED).join("/");
  return alternatives.length > NAMED ? `${some}/…` : some;
}

/** Are these words among those said, next to each other? @param {string} said @param {string} words */
const holds = (said, words) => bare(words) !== "" && ` ${said} `.includes(` ${bare(words)} `);

/** Words only: no accents, capitals or signs. @param {string} text */
function bare(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
