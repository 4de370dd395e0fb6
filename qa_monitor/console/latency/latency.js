// @ts-check
/** @import { LatencyReport } from "../wire/latency.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say, svg } from "../shared/dom.js";
import { seconds, timeOfDay } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { openPage } from "../shared/page.js";
import { ask } from "../shared/server.js";

/** How long flags take from the end of what caused them to the coach's screen: now, and over the last hour. */
const EVERY_MS = 5000;
const WIDTH = 600;
const HEIGHT = 160;
const MINUTES = 60;

/** @type {Words} */
let words = wordsOf("en");
/** @type {LatencyReport|null} */
let known = null;
let failed = false;

/**
 * The top of the scale: above every figure and the alarm, in whole seconds. Pure.
 *
 * @param {LatencyReport} report
 */
export const topOf = (report) =>
  Math.ceil(1.1 * Math.max(1, report.alarm_s, ...report.minutes.map((minute) => minute.p95_s ?? 0)));

/**
 * Where each minute with a flag is drawn. Pure.
 *
 * @param {LatencyReport} report
 * @returns {{x: number, p50: number, p95: number}[]}
 */
export function barsOf(report) {
  const top = topOf(report);
  const y = (/** @type {number} */ value_s) => HEIGHT - (value_s / top) * HEIGHT;
  return report.minutes.flatMap(({ at, p50_s, p95_s }) => {
    if (p50_s === null || p95_s === null) return [];
    const ago = (Date.parse(report.now) - Date.parse(at)) / 60_000;
    return [{ x: WIDTH - ((ago + 0.5) / MINUTES) * WIDTH, p50: y(p50_s), p95: y(p95_s) }];
  });
}

function draw() {
  document.title = `${words.t("latency.title")} – ${words.t("product")}`;
  byId("verdict").classList.toggle("drift", known !== null && known.drift_s !== null);
  say(byId("verdict"), verdictOf());
  say(byId("room"), roomOf());
  if (known === null) return;
  fill(byId("rows"), ...known.stages.map((each) =>
    el("tr", { class: each.stage === "screen" ? "whole" : "" },
      el("th", { scope: "row" }, words.name("stage", each.stage)),
      el("td", { class: "figure" }, seconds(words.language, each.p50_s)),
      el("td", { class: "figure" }, seconds(words.language, each.p95_s)),
      el("td", { class: "figure" }, String(each.count)))));
  drawChart(known);
}

function verdictOf() {
  if (failed) return words.t("latency.failed");
  if (known === null) return words.t("link.connecting");
  const alarm = seconds(words.language, known.alarm_s);
  if (known.drift_s === null) return words.t("latency.fine", { alarm });
  return words.t("warning.drift", { p95: seconds(words.language, known.drift_s) });
}

function roomOf() {
  if (known === null || failed) return "";
  const { calls_followed: followed, calls_capacity: capacity, calls_room: room } = known;
  if (capacity === null || room === null) return words.t("latency.room_unknown", { followed });
  return words.t("latency.room", { followed, capacity, room });
}

/** @param {LatencyReport} report */
function drawChart(report) {
  const top = topOf(report);
  const alarmAt = HEIGHT - (report.alarm_s / top) * HEIGHT;
  const line = (/** @type {string} */ name, /** @type {number} */ y) =>
    svg("line", { class: name, x1: 0, x2: WIDTH, y1: y, y2: y, "vector-effect": "non-scaling-stroke" });
  const last = report.minutes.at(-1);
  const label = words.t("latency.chart", {
    top: seconds(words.language, top),
    alarm: seconds(words.language, report.alarm_s),
    last: last === undefined ? "–" : seconds(words.language, last.p95_s),
    at: timeOfDay(words.locale, last?.at ?? report.now),
  });
  say(byId("chart-words"), label);
  fill(byId("chart"),
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
      line("grid", HEIGHT - 1), line("grid", HEIGHT / 2), line("grid", 1), line("alarm", alarmAt),
      ...barsOf(report).flatMap(({ x, p50, p95 }) => [
        svg("line", { class: "p95", x1: x, x2: x, y1: p50, y2: p95, "vector-effect": "non-scaling-stroke" }),
        svg("line", { class: "p50", x1: x, x2: x, y1: p50 - 1, y2: p50 + 1, "vector-effect": "non-scaling-stroke" }),
      ])));
}

async function load() {
  try {
    known = await ask("/v1/latency");
    failed = false;
  } catch {
    failed = true;
  }
  draw();
}

if (document.body.classList.contains("latencies")) {
  openPage((chosen) => {
    words = chosen;
    draw();
  });
  void load();
  setInterval(() => void load(), EVERY_MS);
}
