// @ts-check
/** @import { Peaks } from "../wire/calls.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { CallRecord } from "../wire/records.js" */
/** @import { Words } from "../shared/i18n.js" */
import { courseLines, marksOf } from "../call/course.js";
import { drawCurve } from "../call/curve.js";
import { curveOf, summaryOf } from "../call/emotion.js";
import { byId, el, fill, say } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { prioritySign } from "../shared/signs.js";
import { bandsOf, drawBands } from "./bands.js";
import { drawGaps } from "./gaps.js";
import { drawWaveform } from "./waveform.js";

/**
 * @typedef {object} TimelineView
 * @property {CallRecord} record
 * @property {Peaks|null} peaks none where no recording is kept
 * @property {Words} words
 * @property {number} duration_s
 *
 * @typedef {object} Timeline
 * @property {(view: TimelineView) => void} draw
 * @property {(at_s: number) => void} move put the playhead there
 */

const STEPS_S = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
const FEWEST_PX_APART = 70;
const AT_END = 0.97;

/**
 * Seconds at which the axis is labelled, as many as fit. Pure.
 *
 * @param {number} duration_s
 * @param {number} width_px
 * @returns {number[]}
 */
export function ticksOf(duration_s, width_px) {
  const fits = (/** @type {number} */ step) => (step / Math.max(1, duration_s)) * width_px >= FEWEST_PX_APART;
  const step_s = STEPS_S.find(fits) ?? 3600;
  return Array.from({ length: Math.floor(duration_s / step_s) + 1 }, (_, index) => index * step_s);
}

/**
 * Waveform, flags, emotion curve and playhead over one time axis. A click or a drag seeks.
 *
 * @param {(at_s: number) => void} seek
 * @param {(flag: Flag) => void} choose a marker was clicked
 * @returns {Timeline}
 */
export function createTimeline(seek, choose) {
  const area = byId("timeline");
  const canvas = /** @type {HTMLCanvasElement} */ (byId("wave"));
  /** @type {TimelineView|null} */
  let view = null;
  let at_s = 0;

  const paint = () => view && view.peaks && drawWaveform(canvas, waveOf(view, view.peaks, at_s));
  const move = (/** @type {number} */ to_s) => {
    at_s = to_s;
    const { duration_s } = view ?? { duration_s: 1 };
    byId("playhead").style.left = `${Math.min(1, at_s / Math.max(0.001, duration_s)) * 100}%`;
    paint();
  };
  const draw = (/** @type {TimelineView} */ next) => {
    const { flags, gaps, call } = next.record;
    const sameAxis = view?.words === next.words && view.duration_s === next.duration_s;
    if (!sameAxis || view?.record.flags !== flags || view.record.held !== next.record.held) drawMarks(next, choose);
    if (!sameAxis || view?.record.gaps !== gaps) drawGaps({ words: next.words, gaps, speakers: call.channels, duration_s: next.duration_s });
    view = next;
    drawAround(view, area.clientWidth);
    move(at_s);
  };
  const point = (/** @type {PointerEvent} */ event) => {
    const box = area.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    seek(share * (view?.duration_s ?? 0));
  };
  area.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && event.target.closest("button")) return;
    area.setPointerCapture(event.pointerId);
    point(event);
  });
  area.addEventListener("pointermove", (event) => area.hasPointerCapture(event.pointerId) && point(event));
  const again = () => view && draw(view);
  new ResizeObserver(again).observe(area);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  return { draw, move };
}

/** @param {TimelineView} view @param {Peaks} peaks @param {number} at_s */
const waveOf = ({ record, duration_s }, peaks, at_s) => ({
  peaks,
  speakers: record.call.channels,
  flags: record.flags.filter((flag) => flag.state !== "withdrawn"),
  gaps: record.gaps,
  duration_s,
  at_s,
});

/** Where a second stands on the axis. @param {number} at_s @param {number} duration_s */
const leftOf = (at_s, duration_s) => `${(at_s / Math.max(0.001, duration_s)) * 100}%`;

/** The flags above the waveform. @param {TimelineView} view @param {(flag: Flag) => void} choose */
function drawMarks({ record, words, duration_s }, choose) {
  const good = record.held.filter(({ reason }) => reason === "good_news").map(({ flag }) => flag);
  fill(byId("marks"),
    ...record.flags.map((flag) => placed(markOf(words, flag, choose), leftOf(flag.start_s, duration_s))),
    ...good.map((note) => placed(goodMark(words, note), leftOf(note.end_s, duration_s))));
}

/** What else stands around the waveform. @param {TimelineView} view @param {number} width_px */
function drawAround(view, width_px) {
  const { record, words, duration_s, peaks } = view;
  // without a recording, what is missing still has its place
  byId("waveform").hidden = peaks === null && record.gaps.length === 0;
  byId("waveform").classList.toggle("bare", peaks === null);
  byId("no-audio").hidden = peaks !== null;
  // beside the curve of the customer's voice the names of lanes that are not there would be misread
  byId("lanes").classList.toggle("bare", peaks === null);
  fill(byId("lanes"), ...record.call.channels.map((speaker) =>
    el("span", { class: `lane ${speaker}` }, words.name("speaker", speaker))));
  fill(byId("axis"), ...ticksOf(duration_s, width_px).map((at_s) =>
    placed(el("span", { class: at_s > duration_s * AT_END ? "at-end" : null }, clock(at_s)), leftOf(at_s, duration_s))));
  drawBands(words, bandsOf(record.utterances, record.call.state === "live" ? 0 : duration_s, record.holds), duration_s);
  drawVoice(view);
}

/** @template {HTMLElement} E @param {E} element @param {string} left @returns {E} */
function placed(element, left) {
  element.style.left = left;
  return element;
}

/** @param {Words} words @param {Flag} flag @param {(flag: Flag) => void} choose */
function markOf(words, flag, choose) {
  const label = words.t("review.mark", {
    name: flag.name[words.language],
    priority: words.name("priority", flag.priority),
    clock: clock(flag.start_s),
  });
  const kind = `mark ${flag.priority} ${flag.state}`;
  return el("button", { type: "button", class: kind, title: label, "aria-label": label, onclick: () => choose(flag) },
    prioritySign(flag.priority));
}

/** Good news: a green line to read, nothing to act on. @param {Words} words @param {Flag} note */
function goodMark(words, note) {
  const label = words.t("course.good.mark", { name: note.name[words.language], clock: clock(note.end_s) });
  return el("span", { class: "mark-good", role: "img", title: label, "aria-label": label });
}

/** The emotion curve, or in words why there is none. @param {TimelineView} view */
function drawVoice({ record, words, duration_s }) {
  const utterances = record.utterances;
  const { scored, unsure } = curveOf(utterances);
  const label = summaryOf(words, record.call, utterances);
  byId("voice").hidden = scored.length === 0;
  byId("voice-legend").hidden = scored.length === 0;
  byId("legend-unsure").hidden = unsure.length === 0;
  say(byId("voice-words"), label);
  fill(byId("course"), ...courseLines(words, record.call.course));
  const frame = { width: 1000, height: 64, from_s: 0, to_s: duration_s, arousal: true, label, marks: marksOf(words, record.call.course) };
  fill(byId("voice"), scored.length === 0 ? null : drawCurve(utterances, frame));
}
