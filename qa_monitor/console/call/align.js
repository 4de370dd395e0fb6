// @ts-check
/** @import { Word } from "../wire/calls.js" */
/**
 * Finds recognised words in the written text, so that the text shows as written and single words can be lit or clicked.
 *
 * @typedef {{text: string, word: Word|null}} Piece
 */

const LETTER = /[\p{L}\p{N}]/u;
const LONGEST_PAUSE_S = 0.15;

/**
 * The text cut into words and what lies between, in order. Words that cannot be found are left out; no text is lost.
 *
 * @param {string} text
 * @param {readonly Word[]} words
 * @returns {Piece[]}
 */
export function cutIntoWords(text, words) {
  /** @type {Piece[]} */
  const pieces = [];
  let position = 0;
  for (const word of words) {
    const written = word.text.trim();
    const start = written === "" ? -1 : text.indexOf(written, position);
    // a word far ahead is another occurrence: taking it would swallow all words between
    if (start < 0 || start - position > 40) continue;
    if (start > position) pieces.push({ text: text.slice(position, start), word: null });
    pieces.push({ text: written, word });
    position = start + written.length;
  }
  if (position < text.length) pieces.push({ text: text.slice(position), word: null });
  return pieces;
}

/**
 * The text cut where the words that raised a flag stand: those said in one go side by side, where they are found so.
 *
 * @param {string} text
 * @param {readonly Word[]} hits in the order they were said
 * @returns {{text: string, lit: boolean}[]}
 */
export function lightUp(text, hits) {
  /** @type {{text: string, lit: boolean}[]} */
  const pieces = [];
  let position = 0;
  for (const [start, end] of spansOf(text, saidTogether(hits))) {
    pieces.push({ text: text.slice(position, start), lit: false }, { text: text.slice(start, end), lit: true });
    position = end;
  }
  pieces.push({ text: text.slice(position), lit: false });
  return pieces.filter((piece) => piece.text !== "");
}

/**
 * Words with no pause or other word between them.
 *
 * @param {readonly Word[]} hits
 * @returns {string[][]}
 */
function saidTogether(hits) {
  /** @type {string[][]} */
  const runs = [];
  hits.forEach((word, index) => {
    const follows = index > 0 && word.start_s - hits[index - 1].end_s < LONGEST_PAUSE_S;
    if (follows) runs[runs.length - 1].push(word.text.trim());
    else runs.push([word.text.trim()]);
  });
  return runs.map((run) => run.filter((word) => word !== "")).filter((run) => run.length > 0);
}

/**
 * Where these runs stand, one behind the other; a run that is not found whole is looked for word by word.
 *
 * @param {string} text
 * @param {string[][]} runs
 * @returns {[number, number][]}
 */
function spansOf(text, runs) {
  /** @type {[number, number][]} */
  const spans = [];
  const find = (/** @type {string[]} */ words) => {
    const span = runOf(text, words, spans.at(-1)?.[1] ?? 0);
    if (span !== null) spans.push(span);
    return span !== null;
  };
  for (const run of runs) if (!find(run)) for (const word of run) find([word]);
  return spans;
}

/**
 * Where these words stand one after the other.
 *
 * @param {string} text
 * @param {readonly string[]} words
 * @param {number} from
 * @returns {[number, number]|null}
 */
function runOf(text, words, from) {
  for (let start = text.indexOf(words[0], from); start >= 0; start = text.indexOf(words[0], start + 1)) {
    const end = endOfRun(text, start, words);
    if (end !== null && !LETTER.test(text[start - 1] ?? " ") && !LETTER.test(text[end] ?? " ")) return [start, end];
  }
  return null;
}

/** @param {string} text @param {number} start @param {readonly string[]} words @returns {number|null} */
function endOfRun(text, start, words) {
  let position = start;
  for (const word of words) {
    while (/\s/.test(text[position] ?? "")) position += 1;
    if (!text.startsWith(word, position)) return null;
    position += word.length;
  }
  return position;
}
