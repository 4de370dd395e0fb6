// @ts-check
/** @import { Child } from "./dom.js" */
import { el, svg } from "./dom.js";

/** Charts of reports, drawn as lines and bars that also print: told apart by marks and names, not by colour alone. */
const WIDTH = 880;
const HEIGHT = 240;
const LEFT = 62;
const BOTTOM = 26;
const TOP = 10;
const NAMES = 260;
/** Signs of a name that fit beside a course, and beside a bar. */
const LONG = 34;
const SHORT = 26;
/** Pixels of a sign below a chart, and between two labels. */
const SIGN = 6;
const APART = 14;
const MOST_STEPS = 5;
const LEAST_SPAN = 1e-6;
const STEPS = [1, 2, 2.5, 5, 10];
const WHOLE_STEPS = [1, 2, 5, 10];
/** Of times: what clocks show as round. */
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000];
export const MOST_SERIES = 6;
const MARKS = [
  "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0", "M-4,-4h8v8h-8z", "M0,-5l5,9h-10z",
  "M0,-6l5,6l-5,6l-5,-6z", "M0,5l5,-9h-10z", "M-5,-1.5h3.5v-3.5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5z",
];

/**
 * @typedef {{name: string, values: (number|null)[]}} Series
 * @typedef {{names: string[], series: Series[], ticks: number[], show: (value: number) => string, label: string}} Course
 * @typedef {{name: string, parts: number[]}} Stack
 */

/**
 * Round numbers that hold all values, zero among them, in rising order; shares always up to all of them. Pure.
 * Printed charts have the same (reports/chart_data.py).
 *
 * @param {string} unit @param {readonly (number|null)[]} values
 */
export function ticksOf(unit, values) {
  if (unit === "share") return [0, 0.2, 0.4, 0.6, 0.8, 1];
  const known = values.map((value) => value ?? 0);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const step = stepOf(unit, high - low > LEAST_SPAN ? high - low : 1);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step);
}

/** Multiples of the last digit that is shown, or they would look uneven. @param {string} unit @param {number} span */
function stepOf(unit, span) {
  if (unit === "seconds" && span / MOST_STEPS <= STEPS_S[STEPS_S.length - 1]) return STEPS_S.find((step) => step >= span / MOST_STEPS) ?? 1;
  const finest = unit === "count" ? 1 : 0.1;
  const least = Math.max(finest, span / MOST_STEPS);
  const size = 10 ** Math.floor(Math.log10(least));
  return ((size > finest ? STEPS : WHOLE_STEPS).find((times) => times * size >= least - 1e-12) ?? 10) * size;
}

/**
 * The unbroken stretches of a series as paths; a value that is missing breaks the line. Pure.
 *
 * @param {readonly (number|null)[]} values
 * @param {(index: number) => number} x
 * @param {(value: number) => number} y
 */
export function pathOf(values, x, y) {
  let path = "";
  values.forEach((value, index) => {
    if (value === null) return;
    const joined = index > 0 && values[index - 1] !== null;
    path += `${joined ? "L" : "M"}${x(index).toFixed(1)},${y(value).toFixed(1)}`;
  });
  return path;
}

/** How figures went, period by period. @param {Course} course */
export function courseChart({ names, series, ticks, show, label }) {
  const right = WIDTH - NAMES;
  const x = (/** @type {number} */ index) =>
    names.length < 2 ? (LEFT + right) / 2 : LEFT + 12 + (index * (right - LEFT - 24)) / (names.length - 1);
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  // what lies outside is drawn at the edge
  const y = (/** @type {number} */ value) => TOP + ((high - Math.min(high, Math.max(low, value))) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const longest = Math.max(...names.map((name) => name.length)) * SIGN + APART;
  const each = Math.ceil(((names.length - 1) * longest) / (right - LEFT - 24)) || 1;
  /** @type {Child[]} */
  const grid = ticks.flatMap((value) => [
    svg("line", { class: value === 0 ? "grid zero" : "grid", x1: LEFT, x2: right, y1: y(value), y2: y(value) }),
    svg("text", { class: "scale", x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, show(value)),
  ]);
  const below = names.map((name, index) =>
    index % each === 0 && svg("text", { class: "scale", x: x(index), y: HEIGHT - 6, "text-anchor": "middle" }, name));
  const drawn = series.flatMap(({ name, values }, number) => [
    svg("path", { class: `series s${number}`, d: pathOf(values, x, y) }),
    ...values.map((value, index) =>
      value !== null && svg("path", { class: `mark s${number}`, d: MARKS[number % MARKS.length], transform: `translate(${x(index).toFixed(1)},${y(value).toFixed(1)})` })),
    svg("path", { class: `mark s${number}`, d: MARKS[number % MARKS.length], transform: `translate(${right + 16},${TOP + 10 + number * 22})` }),
    svg("text", { class: "name", x: right + 28, y: TOP + 14 + number * 22 }, short(name, LONG)),
  ]);
  return svg("svg", { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label }, ...grid, ...below, ...drawn);
}

/**
 * What something is made of: one bar a line.
 *
 * @param {Stack[]} stacks
 * @param {string[]} parts their names
 * @param {(value: number) => string} show
 * @param {string} label
 */
export function stackChart(stacks, parts, show, label) {
  const row = 30;
  const height = stacks.length * row + 34;
  const left = 190;
  const most = Math.max(1, ...stacks.map((stack) => sum(stack.parts)));
  const scale = (WIDTH - left - 70) / most;
  const rows = stacks.flatMap((stack, number) => {
    let at = left;
    const middle = 34 + number * row + row / 2;
    const bars = stack.parts.map((part, index) => {
      const bar = svg("rect", { class: `part p${index}`, x: at, y: middle - 9, width: Math.max(0, part * scale), height: 18 },
        svg("title", {}, `${parts[index]}: ${show(part)}`));
      at += part * scale;
      return bar;
    });
    return [
      svg("text", { class: "name", x: left - 10, y: middle + 4, "text-anchor": "end" }, short(stack.name, SHORT)),
      ...bars,
      svg("text", { class: "scale", x: at + 8, y: middle + 4 }, show(sum(stack.parts))),
    ];
  });
  const legend = parts.flatMap((name, index) => [
    svg("rect", { class: `part p${index}`, x: left + index * 190, y: 6, width: 14, height: 14 }),
    svg("text", { class: "name", x: left + 20 + index * 190, y: 18 }, name),
  ]);
  return el("div", { class: "stacks" },
    svg("svg", { class: "chart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label }, ...legend, ...rows));
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** A name that fits beside a chart: without its client, and then without its middle. @param {string} name @param {number} most */
function short(name, most) {
  const own = name.length > most ? name.slice(name.lastIndexOf(" / ") < 0 ? 0 : name.lastIndexOf(" / ") + 3) : name;
  return own.length > most ? `${own.slice(0, most / 2)}…${own.slice(1 - most / 2)}` : own;
}
