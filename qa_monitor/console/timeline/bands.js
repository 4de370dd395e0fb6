// @ts-check
/** @import { Utterance } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";
import { clock } from "../shared/format.js";

/**
 * Where both spoke at once, where nobody did and where the customer was on hold, as bands on the time axis. Speech is
 * known by the words that were understood.
 *
 * @typedef {{start_s: number, end_s: number}} Stretch
 * @typedef {Stretch & {kind: "talk_over"|"silence"|"hold"}} Band
 * @typedef {{start_s: number, end_s: number|null}} Hold
 */

/** Words of one person closer than this are one stretch of speech. */
const PAUSE_S = 0.5;
/** Shorter overlaps are turn-taking, not talk-over. */
const TALK_OVER_S = 0.5;
/** Shorter silences are pauses for breath and thought. */
const SILENCE_S = 4;

/** Stretches in order, those that touch made one. Pure. @param {readonly Stretch[]} stretches @param {number} apart_s @returns {Stretch[]} */
function joined(stretches, apart_s) {
  /** @type {Stretch[]} */
  const found = [];
  for (const one of [...stretches].sort((a, b) => a.start_s - b.start_s)) {
    const last = found.at(-1);
    if (last && one.start_s - last.end_s <= apart_s) last.end_s = Math.max(last.end_s, one.end_s);
    else found.push({ start_s: one.start_s, end_s: one.end_s });
  }
  return found;
}

/** When a person was heard. @param {readonly Utterance[]} utterances @param {string} speaker */
const speechOf = (utterances, speaker) =>
  joined(utterances.filter((one) => one.speaker === speaker).flatMap((one) => /** @type {readonly Stretch[]} */ (one.words.length > 0 ? one.words : [one])), PAUSE_S);

/**
 * Pure.
 *
 * @param {readonly Utterance[]} utterances
 * @param {number} duration_s
 * @param {readonly Hold[]} [holds] waiting is told as such, not as silence
 * @returns {Band[]}
 */
export function bandsOf(utterances, duration_s, holds = []) {
  const [customer, agent] = [speechOf(utterances, "customer"), speechOf(utterances, "agent")];
  const waited = holds.map(({ start_s, end_s }) => ({ start_s, end_s: end_s ?? Math.max(start_s, duration_s) }));
  /** @type {Band[]} */
  const bands = waited.map((one) => ({ kind: "hold", ...one }));
  for (const one of customer) {
    for (const other of agent) {
      const [start_s, end_s] = [Math.max(one.start_s, other.start_s), Math.min(one.end_s, other.end_s)];
      if (end_s - start_s >= TALK_OVER_S) bands.push({ kind: "talk_over", start_s, end_s });
    }
  }
  const spoken = joined([...utterances, ...waited], 0);
  if (spoken.length === 0) return bands;
  const edges = [{ start_s: 0, end_s: 0 }, ...spoken, { start_s: duration_s, end_s: duration_s }];
  for (const [place, one] of edges.slice(1).entries()) {
    const before = edges[place];
    if (one.start_s - before.end_s >= SILENCE_S) bands.push({ kind: "silence", start_s: before.end_s, end_s: one.start_s });
  }
  return bands;
}

/** @param {Words} words @param {readonly Band[]} bands @param {number} duration_s */
export function drawBands(words, bands, duration_s) {
  byId("bands").hidden = bands.length === 0;
  byId("bands-legend").hidden = bands.length === 0;
  const share = (/** @type {number} */ at_s) => `${(Math.max(0, at_s) / Math.max(0.001, duration_s)) * 100}%`;
  fill(byId("bands"), ...bands.map(({ kind, start_s, end_s }) => {
    const label = words.t("review.band.stretch", { kind: words.name("review.band", kind), from: clock(start_s), to: clock(end_s) });
    const band = el("span", { class: `band band-${kind}`, role: "img", title: label, "aria-label": label });
    band.style.left = share(start_s);
    band.style.width = share(end_s - start_s);
    return band;
  }));
}
