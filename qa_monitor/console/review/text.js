// @ts-check
/** @import { Utterance } from "../wire/calls.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
import { hitWords, spokenAt } from "../call/transcript.js";
import { drawUtterance } from "../call/utteranceview.js";
import { arrangeChildren, byId } from "../shared/dom.js";

/**
 * @typedef {object} TextView
 * @property {Words} words
 * @property {readonly Utterance[]} utterances
 * @property {readonly Flag[]} flags
 * @property {string|null} language of the call
 *
 * @typedef {{draw: (view: TextView) => void, move: (at_s: number, playing: boolean) => void}} ReviewText
 */

/**
 * The transcript in step with the recording: the utterance being heard is marked and kept in view, until the reader
 * scrolls away. A click on a word is heard from there on.
 *
 * @param {(at_s: number) => void} playFrom
 * @returns {ReviewText}
 */
export function createReviewText(playFrom) {
  const list = byId("text-list");
  const scroller = byId("text-scroll");
  const follow = byId("follow");
  /** @type {TextView|null} */
  let view = null;
  /** @type {Map<string, HTMLElement>} */
  const lines = new Map();
  let following = true;
  let shown = "";

  const setFollowing = (/** @type {boolean} */ on) => {
    following = on;
    follow.hidden = on;
    shown = "";
  };
  const draw = (/** @type {TextView} */ next) => {
    const same = view?.words === next.words && view.flags === next.flags;
    const known = new Map((same ? view?.utterances ?? [] : []).map((utterance) => [utterance.utterance_id, utterance]));
    for (const utterance of next.utterances) {
      if (known.get(utterance.utterance_id) === utterance) continue;
      const around = { hits: hitWords(next.flags, utterance.utterance_id), seekable: true, language: next.language };
      lines.set(utterance.utterance_id, drawUtterance(next.words, utterance, around));
    }
    view = next;
    byId("text-none").hidden = next.utterances.length > 0;
    arrangeChildren(list, next.utterances.map((utterance) => /** @type {HTMLElement} */ (lines.get(utterance.utterance_id))));
    shown = "";
  };
  const move = (/** @type {number} */ at_s, /** @type {boolean} */ playing) => {
    const current = spokenAt(view?.utterances ?? [], at_s).map((utterance) => utterance.utterance_id);
    lightWord(list, at_s, playing);
    if (shown === current.join("\n")) return;
    shown = current.join("\n");
    for (const [id, line] of lines) line.classList.toggle("now", at_s > 0 && current.includes(id));
    const line = lines.get(current[0] ?? "");
    if (following && line && at_s > 0) scrollTo(scroller, line);
  };

  list.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    if (target === null || String(getSelection() ?? "") !== "") return; // selecting text is not seeking
    setFollowing(true);
    playFrom(Number(target.getAttribute("data-at")));
  });
  for (const kind of ["wheel", "touchmove"]) {
    scroller.addEventListener(kind, () => setFollowing(false), { passive: true });
  }
  follow.addEventListener("click", () => setFollowing(true));
  return { draw, move };
}

/** Mark the word being heard. @param {HTMLElement} list @param {number} at_s @param {boolean} playing */
function lightWord(list, at_s, playing) {
  for (const word of list.querySelectorAll(".word.heard")) word.classList.remove("heard");
  if (!playing) return;
  for (const word of list.querySelectorAll(".utterance.now .word")) {
    const [from, to] = [Number(word.getAttribute("data-at")), Number(word.getAttribute("data-end"))];
    word.classList.toggle("heard", from <= at_s && at_s < to);
  }
}

/** Bring a line to the upper third without moving the page itself. @param {HTMLElement} scroller @param {HTMLElement} line */
function scrollTo(scroller, line) {
  const offset = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollTo({ top: scroller.scrollTop + offset - scroller.clientHeight / 3 });
}
