// @ts-check
/** @import { Utterance, Word } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { clock, share } from "../shared/format.js";
import { cutIntoWords } from "./align.js";
import { emotionOf } from "./emotion.js";
import { covers } from "./transcript.js";

/** Below this share a voice is not given the name of an emotion. */
const CLEAR = 0.6;

/**
 * @typedef {object} Around
 * @property {readonly Word[]} hits words of this utterance that raised flags
 * @property {boolean} seekable the time is a button
 * @property {string|null} language of the call; an utterance in another one says so
 */

/**
 * One utterance as both pages show it. Every recognised word is an element with its second in `data-at`, so that a
 * click can go there; words behind a flag are lit.
 *
 * @param {Words} words
 * @param {Utterance} utterance
 * @param {Around} around
 */
export function drawUtterance(words, utterance, { hits, seekable, language }) {
  const { speaker, start_s, final, trusted, late } = utterance;
  const at = clock(start_s);
  const time = seekable
    ? el("button", { type: "button", class: "time", "data-at": start_s, title: words.t("utterance.seek", { clock: at }) }, at)
    : el("span", { class: "time" }, at);
  const remark = !final ? words.t("utterance.partial") : trusted ? null : words.t("utterance.untrusted");
  const kind = `utterance ${speaker}${final ? "" : " partial"}${trusted ? "" : " untrusted"}`;
  return el("li", { class: kind, "data-id": utterance.utterance_id },
    el("p", { class: "who-line" }, el("b", {}, words.name("speaker", speaker)), time,
      utterance.language === language ? null : el("span", { class: "tongue" }, words.name("tongue", utterance.language)),
      remark === null ? null : el("span", { class: "remark" }, remark),
      late ? el("span", { class: "remark", title: words.t("utterance.late.title") }, words.t("utterance.late")) : null),
    el("p", { class: "text", lang: utterance.language }, ...drawWords(utterance, hits)),
    drawEmotion(words, utterance));
}

/**
 * Words that raised a flag and stand side by side share one mark, spaces included.
 *
 * @param {Utterance} utterance
 * @param {readonly Word[]} hits
 */
function drawWords(utterance, hits) {
  const pieces = cutIntoWords(utterance.text, utterance.words);
  const isHit = (/** @type {Word|null|undefined} */ word) => !!word && hits.some((hit) => covers(hit, word));
  /** @type {(Node|string)[]} */
  const drawn = [];
  /** @type {HTMLElement|null} */
  let mark = null;
  pieces.forEach(({ text, word }, index) => {
    const between = word === null && isHit(pieces[index - 1]?.word) && isHit(pieces[index + 1]?.word);
    if (!isHit(word) && !between) mark = null;
    else if (mark === null) drawn.push((mark = el("mark")));
    const piece = word === null ? text : el("span", { class: "word", "data-at": word.start_s, "data-end": word.end_s }, text);
    if (mark === null) drawn.push(piece);
    else mark.append(piece);
  });
  return drawn;
}

/** What the customer's voice resembled, and why; nothing for anyone else. @param {Words} words @param {Utterance} utterance */
function drawEmotion(words, utterance) {
  const emotion = emotionOf(utterance);
  if (emotion === null) return null;
  if (!emotion.enough) return el("p", { class: "emotion unsure" }, words.t("emotion.unsure"));
  const title = words.t("emotion.reads.title", { certainty: share(words.language, emotion.certainty) });
  const clear = emotion.emotion === "neutral" || emotion.probabilities[emotion.emotion] >= CLEAR;
  if (!clear) {
    return el("p", { class: "emotion neutral", title },
      el("b", {}, words.t("emotion.unclear")), el("span", {}, emotion.explanation[words.language]));
  }
  const reads = words.t("emotion.reads", {
    emotion: words.name("emotion", emotion.emotion),
    share: share(words.language, emotion.probabilities[emotion.emotion]),
  });
  return el("p", { class: `emotion ${emotion.emotion}`, title },
    el("b", {}, reads), el("span", {}, emotion.explanation[words.language]));
}
