// @ts-check
/** @import { Gap } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";
import { clock, seconds } from "../shared/format.js";

/** Losses closer than this are told as one stretch; a pause ends where it ends. */
const NEAR_S = 5;
const TOUCHING_S = 0.05;
/** Gaps that can begin at the same moment; earlier ones are not looked at. */
const MOST_AT_ONCE = 4;
/** A stretch no longer than this has no end worth telling. */
const BRIEF_S = 2;
/** From this share on, all of a stretch is missing. */
const WHOLE = 0.95;

/**
 * @typedef {object} Stretch
 * @property {number} start_s
 * @property {number} end_s
 * @property {number} missing_s how much of it is missing, on each channel
 * @property {number[]} channels
 * @property {string} reason
 *
 * @typedef {{words: Words, gaps: readonly Gap[], speakers: readonly string[], duration_s: number}} GapsView
 */

/**
 * Gaps as people speak of them: those of all channels at once are one, and many small losses in a row are one. Pure.
 *
 * @param {readonly Gap[]} gaps
 * @returns {Stretch[]} in order
 */
export function stretchesOf(gaps) {
  /** @type {Map<string, Stretch>} */
  const latest = new Map();
  /** @type {Stretch[]} */
  const stretches = [];
  for (const gap of together(gaps)) {
    const key = `${gap.reason} ${gap.channels.join()}`;
    const before = latest.get(key);
    if (before && gap.start_s - before.end_s <= (gap.reason === "lost" ? NEAR_S : TOUCHING_S)) {
      before.end_s = Math.max(before.end_s, gap.end_s);
      before.missing_s += gap.missing_s;
    } else {
      latest.set(key, gap);
      stretches.push(gap);
    }
  }
  return stretches;
}

/** What is missing on several channels at the same time, as one; by start. @param {readonly Gap[]} gaps @returns {Stretch[]} */
function together(gaps) {
  /** @type {Stretch[]} */
  const found = [];
  for (const { channel, start_s, duration_s, reason } of [...gaps].sort((a, b) => a.start_s - b.start_s)) {
    const twin = found.slice(-MOST_AT_ONCE).find((one) => one.reason === reason && !one.channels.includes(channel)
      && start_s - one.start_s <= TOUCHING_S && Math.abs(one.missing_s - duration_s) <= TOUCHING_S);
    if (twin) twin.channels = [...twin.channels, channel].sort();
    else found.push({ start_s, end_s: start_s + duration_s, missing_s: duration_s, channels: [channel], reason });
  }
  return found;
}

/** What is missing, on the time axis with its reason on hover, and as a list. @param {GapsView} view */
export function drawGaps({ words, gaps, speakers, duration_s }) {
  const stretches = stretchesOf(gaps);
  const share = (/** @type {number} */ part, /** @type {number} */ whole) => `${(part / Math.max(0.001, whole)) * 100}%`;
  const spot = (/** @type {Stretch} */ stretch, /** @type {number} */ first, /** @type {number} */ count) => {
    const title = lineOf(words, stretch, speakers);
    const reason = stretch.reason === "lost" ? null : el("span", {}, words.name("gap", stretch.reason));
    const drawn = el("div", { class: `gap ${stretch.reason}`, title }, reason);
    drawn.style.left = share(stretch.start_s, duration_s);
    drawn.style.width = share(stretch.end_s - stretch.start_s, duration_s);
    drawn.style.top = share(first, speakers.length);
    drawn.style.height = share(count, speakers.length);
    return drawn;
  };
  fill(byId("gaps"), ...stretches.flatMap((stretch) =>
    stretch.channels.length === speakers.length
      ? [spot(stretch, 0, speakers.length)]
      : stretch.channels.map((channel) => spot(stretch, channel, 1))));
  byId("gap-words").hidden = stretches.length === 0;
  fill(byId("gap-words"), ...stretches.map((stretch) => el("li", {}, lineOf(words, stretch, speakers))));
}

/** From when to when, how much of it, why, and on whose channel. @param {Words} words @param {Stretch} stretch @param {readonly string[]} speakers */
function lineOf(words, { start_s, end_s, missing_s, channels, reason }, speakers) {
  const values = { from: clock(start_s), to: clock(end_s), s: seconds(words.language, missing_s), reason: words.name("gap", reason) };
  const inParts = missing_s < (end_s - start_s) * WHOLE;
  const brief = end_s - start_s <= BRIEF_S;
  const gap = words.t(brief ? "review.gap.brief" : inParts ? "review.gap.parts" : "review.gap", values);
  if (channels.length === speakers.length) return gap;
  const speaker = channels.map((channel) => words.name("speaker", speakers[channel] ?? "unknown")).join(", ");
  return words.t("review.gap.channel", { gap, speaker });
}
