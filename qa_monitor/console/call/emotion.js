// @ts-check
/** @import { Call, Emotion, Utterance } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { clock, share } from "../shared/format.js";
/**
 * What the customer's voice resembled, as points over time and as words. Pure.
 *
 * @typedef {{start_s: number, end_s: number, anger: number, arousal: number}} Scored
 * @typedef {{start_s: number, end_s: number}} Unsure
 */

/**
 * The emotion of a customer's utterance; nothing for anyone else, whatever was sent.
 *
 * @param {Utterance} utterance
 * @returns {Emotion|null}
 */
export const emotionOf = (utterance) => (utterance.speaker === "customer" && utterance.final ? utterance.emotion : null);

/**
 * @param {readonly Utterance[]} utterances in order
 * @returns {{scored: Scored[], unsure: Unsure[]}} arousal from 0 (low) to 1 (high)
 */
export function curveOf(utterances) {
  /** @type {Scored[]} */
  const scored = [];
  /** @type {Unsure[]} */
  const unsure = [];
  for (const utterance of utterances) {
    const emotion = emotionOf(utterance);
    if (emotion === null) continue;
    const { start_s, end_s } = utterance;
    if (emotion.enough) {
      scored.push({ start_s, end_s, anger: emotion.probabilities.anger, arousal: (emotion.arousal + 1) / 2 });
    } else unsure.push({ start_s, end_s });
  }
  return { scored, unsure };
}

/**
 * The curve in one sentence, or why there is none.
 *
 * @param {Words} words
 * @param {Call} call
 * @param {readonly Utterance[]} utterances
 * @returns {string}
 */
export function summaryOf(words, call, utterances) {
  const { scored } = curveOf(utterances);
  if (scored.length === 0) return whyNone(words, call);
  const top = scored.reduce((most, point) => (point.anger > most.anger ? point : most));
  const values = { top: share(words.language, top.anger), clock: clock(top.start_s) };
  return words.plural("emotion.summary", scored.length, values);
}

/** @param {Words} words @param {Call} call @returns {string} */
export function whyNone(words, call) {
  if (!call.channels.includes("customer")) return words.t("emotion.none.channels");
  if (call.notice === "none") return words.t("emotion.none.notice");
  if (call.consent !== "granted") {
    return words.t("emotion.none.consent", { consent: words.name("consent", call.consent) });
  }
  return words.t("emotion.none.yet");
}
