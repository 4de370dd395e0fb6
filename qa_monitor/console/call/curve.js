// @ts-check
/** @import { Utterance } from "../wire/calls.js" */
/** @import { Scored } from "./emotion.js" */
/** @import { CurveMark } from "./course.js" */
import { svg } from "../shared/dom.js";
import { curveOf } from "./emotion.js";

/**
 * @typedef {object} Frame
 * @property {number} width in drawing units
 * @property {number} height in drawing units
 * @property {number} from_s
 * @property {number} to_s
 * @property {boolean} arousal also draw arousal, dashed
 * @property {string} label the curve in words
 * @property {readonly CurveMark[]} [marks] seconds to point out
 */

const MARGIN = 4;

/**
 * The customer's voice over time: a bar per scored utterance, joined by a line; a grey dash where there was not enough
 * to tell, and no line across it.
 *
 * @param {readonly Utterance[]} utterances in order
 * @param {Frame} frame
 */
export function drawCurve(utterances, frame) {
  const { scored, unsure } = curveOf(utterances);
  const x = (/** @type {number} */ at_s) => ((at_s - frame.from_s) / Math.max(1, frame.to_s - frame.from_s)) * frame.width;
  const y = (/** @type {number} */ value) => frame.height - MARGIN - value * (frame.height - 2 * MARGIN);
  const runs = unbroken(scored, unsure);
  const line = (/** @type {Scored[]} */ run, /** @type {"anger"|"arousal"} */ name) =>
    svg("path", { class: name, d: stepPath(run, name, x, y), "vector-effect": "non-scaling-stroke" });
  const scale = [0, 0.5, 1].map((value) =>
    svg("line", { class: "grid", x1: 0, x2: frame.width, y1: y(value), y2: y(value), "vector-effect": "non-scaling-stroke" }));
  const gaps = unsure.map(({ start_s, end_s }) =>
    svg("line", { class: "unsure", x1: x(start_s), x2: x(end_s), y1: y(0), y2: y(0), "vector-effect": "non-scaling-stroke" }));
  return svg(
    "svg",
    { class: "curve", viewBox: `0 0 ${frame.width} ${frame.height}`, preserveAspectRatio: "none", role: "img", "aria-label": frame.label },
    ...scale, ...gaps,
    ...(frame.arousal ? runs.map((run) => line(run, "arousal")) : []),
    ...runs.map((run) => line(run, "anger")),
    ...(frame.marks ?? []).map((mark) => markLine(mark, x(mark.at_s), frame.height)),
  );
}

/** @param {CurveMark} mark @param {number} x @param {number} height */
const markLine = ({ kind, label }, x, height) =>
  svg("line", { class: `shift ${kind}`, x1: x, x2: x, y1: 0, y2: height, "vector-effect": "non-scaling-stroke" }, svg("title", {}, label));

/**
 * Scored utterances in runs that no unsure one breaks.
 *
 * @param {readonly Scored[]} scored
 * @param {readonly {start_s: number}[]} unsure
 * @returns {Scored[][]}
 */
export function unbroken(scored, unsure) {
  /** @type {Scored[][]} */
  const runs = [];
  for (const point of scored) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const broken = !last || unsure.some(({ start_s }) => last.start_s < start_s && start_s < point.start_s);
    if (!run || broken) runs.push([point]);
    else run.push(point);
  }
  return runs;
}

/**
 * @param {Scored[]} run
 * @param {"anger"|"arousal"} name
 * @param {(at_s: number) => number} x
 * @param {(value: number) => number} y
 */
function stepPath(run, name, x, y) {
  const bars = run.map((point) => {
    const level = y(point[name]).toFixed(1);
    return `${x(point.start_s).toFixed(1)} ${level} L${x(point.end_s).toFixed(1)} ${level}`;
  });
  return `M${bars.join(" L")}`;
}
