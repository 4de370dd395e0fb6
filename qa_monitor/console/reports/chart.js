// @ts-check
/** @import { Child } from "../shared/dom.js" */
import { el, svg } from "../shared/dom.js";

/** Charts of reports, drawn as lines and bars that also print: told apart by marks and names, not by colour alone. */
const WIDTH = 880;
const HEIGHT = 240;
const LEFT = 62;
const BOTTOM = 26;
const TOP = 10;
const NAMES = 205;
const MOST_LABELS = 12;
export const MOST_SERIES = 6;
const MARKS = [
  "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0", "M-4,-4h8v8h-8z", "M0,-5l5,9h-10z",
  "M0,-6l5,6l-5,6l-5,-6z", "M0,5l5,-9h-10z", "M-5,-1.5h3.5v-3.5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5z",
];

/**
 * @typedef {{name: string, values: (number|null)[]}} Series
 * @typedef {{names: string[], series: Series[], top: number, show: (value: number) => string, label: string}} Course
 * @typedef {{name: string, parts: number[]}} Stack
 */

/**
 * The top of a scale: a round number that is not below any value. Pure.
 *
 * @param {readonly (number|null)[]} values
 */
export function topOf(values) {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  if (most === 0) return 1;
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].map((times) => times * step).find((top) => top >= most - 1e-9) ?? 10 * step;
}

/**
 * Where a scale has lines, as shares of its top: at round numbers, none of them told as another is. Pure.
 *
 * @param {number} top @param {(value: number) => string} show
 */
export function linesOf(top, show) {
  const leading = top / 10 ** Math.floor(Math.log10(top) + 1e-9);
  const parts = leading > 2.2 ? [0, 0.2, 0.4, 0.6, 0.8, 1] : [0, 0.5, 1];
  return parts.filter((part) => part === 0 || part === 1 || ![0, top].some((end) => show(end) === show(part * top)));
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
export function courseChart({ names, series, top, show, label }) {
  const right = WIDTH - NAMES;
  const x = (/** @type {number} */ index) =>
    names.length < 2 ? (LEFT + right) / 2 : LEFT + 12 + (index * (right - LEFT - 24)) / (names.length - 1);
  const y = (/** @type {number} */ value) => TOP + (1 - Math.max(0, value) / top) * (HEIGHT - TOP - BOTTOM);
  const each = Math.ceil(names.length / MOST_LABELS);
  /** @type {Child[]} */
  const grid = linesOf(top, show).flatMap((part) => [
    svg("line", { class: "grid", x1: LEFT, x2: right, y1: y(part * top), y2: y(part * top) }),
    svg("text", { class: "scale", x: LEFT - 8, y: y(part * top) + 4, "text-anchor": "end" }, show(part * top)),
  ]);
  const below = names.map((name, index) =>
    index % each === 0 && svg("text", { class: "scale", x: x(index), y: HEIGHT - 6, "text-anchor": "middle" }, name));
  const drawn = series.flatMap(({ name, values }, number) => [
    svg("path", { class: `series s${number}`, d: pathOf(values, x, y) }),
    ...values.map((value, index) =>
      value !== null && svg("path", { class: `mark s${number}`, d: MARKS[number % MARKS.length], transform: `translate(${x(index).toFixed(1)},${y(value).toFixed(1)})` })),
    svg("path", { class: `mark s${number}`, d: MARKS[number % MARKS.length], transform: `translate(${right + 16},${TOP + 10 + number * 22})` }),
    svg("text", { class: "name", x: right + 28, y: TOP + 14 + number * 22 }, short(name)),
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
      svg("text", { class: "name", x: left - 10, y: middle + 4, "text-anchor": "end" }, short(stack.name)),
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

/** A name that fits beside a chart: without its client, and then without its middle. @param {string} name */
function short(name) {
  const own = name.length > 24 ? name.slice(name.lastIndexOf(" / ") < 0 ? 0 : name.lastIndexOf(" / ") + 3) : name;
  return own.length > 24 ? `${own.slice(0, 12)}…${own.slice(-11)}` : own;
}
