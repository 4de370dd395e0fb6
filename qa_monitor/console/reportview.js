// @ts-check
/** @import { Words } from "./i18n.js" */
/** @import { Definition, Figure, Line, Report } from "./reporttypes.js" */
import { byId, el, fill, say } from "./dom.js";
import { clock, dayOf, number, share } from "./format.js";
import { courseChart, MOST_SERIES, stackChart, ticksOf } from "./reportchart.js";

/** A report as tables and charts. Every number says what it rests on; few are marked with a star and in words. */
const PARTS = ["talk_s", "hold_s", "silence_s"];
const MOST_STACKS = 20;
/** Tables of more take a browser seconds; files have all of it. */
const MOST_ROWS = 200;

/** A value in its unit. @param {Words} words @param {Definition} definition @param {number|null|undefined} value */
export function shown(words, definition, value) {
  if (value === null || value === undefined) return "–";
  if (definition.unit === "share") return share(words.language, value);
  if (definition.unit === "seconds") return clock(Math.round(value));
  const digits = definition.unit === "count" ? 0 : 1;
  return new Intl.NumberFormat(words.language, { maximumFractionDigits: digits }).format(value);
}

/** Whose line it is, and of which rule; of a report on everything the rule alone. @param {Words} words @param {string} by @param {Line} line */
export function nameOf(words, by, line) {
  const [name, part] = [line.shown[words.language], line.part_shown[words.language]];
  if (line.part === "") return name;
  return by === "all" ? part : words.t("report.part", { name, part });
}

/** Draw all of it. @param {Report} report @param {Words} words @param {string} figure which one by period */
export function drawReport(report, words, figure) {
  const whole = report.lines.filter((line) => line.period === null);
  drawWhole(report, whole, words);
  drawHeadline(report, whole, words);
  drawSplit(report, whole, words);
  byId("course").hidden = report.periods.length < 2;
  const chosen = report.definitions.find((definition) => definition.name === figure) ?? report.definitions[0];
  drawCourse(report, whole, words, chosen);
  say(byId("pending"), [
    report.pending > 0 ? words.t("report.pending", { n: number(words.language, report.pending) }) : "",
    whole.length > MOST_ROWS ? words.t("report.files", { n: MOST_ROWS, all: number(words.language, whole.length) }) : "",
    report.withheld > 0 ? words.t("report.withheld", { n: number(words.language, report.withheld) }) : "",
    report.unread > 0 ? words.t("report.unread", { n: number(words.language, report.unread) }) : "",
  ].filter((text) => text !== "").join(" "));
}

/** @param {Report} report @param {Line[]} whole @param {Words} words */
function drawWhole(report, whole, words) {
  fill(byId("whole-table"),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words.name("report.by", report.by)),
      ...report.definitions.map((each) => el("th", { scope: "col", class: "figure" }, each.words[words.language])))),
    el("tbody", {}, ...whole.slice(0, MOST_ROWS).map((line) => el("tr", {}, el("th", { scope: "row" }, nameOf(words, report.by, line)),
      ...report.definitions.map((each) => cell(words, each, line.figures[each.name], true))))));
}

/** @param {Words} words @param {Definition} definition @param {Figure|undefined} figure @param {boolean} [inFull] */
function cell(words, definition, figure, inFull = false) {
  if (figure === undefined) return el("td", { class: "figure" }, "–");
  const counted = definition.unit === "count";
  const range = figure.low === null || figure.high === null ? ""
    : words.t("report.range", { low: shown(words, definition, figure.low), high: shown(words, definition, figure.high) });
  return el("td", { class: `figure${figure.risk ? " risk" : ""}` },
    el("span", { class: "value" }, shown(words, definition, figure.value), figure.few && !counted && figure.value !== null && el("abbr", { title: words.t("report.few") }, "*")),
    !counted && el("span", { class: "rest" }, words.t("report.n", { n: number(words.language, figure.n) }), range === "" ? "" : ` ${range}`),
    figure.risk && !counted && el("span", { class: "strain" }, words.t(inFull ? "report.risk" : "report.risk.short")));
}

/** The service level in one sentence. @param {Report} report @param {Line[]} whole @param {Words} words */
function drawHeadline(report, whole, words) {
  const line = report.by === "all" ? whole[0] : undefined;
  const found = line?.figures.in_time_share;
  byId("headline").hidden = report.kind !== "service" || found === undefined || found.value === null;
  if (found === undefined || found.value === null) return;
  say(byId("headline-figure"), share(words.language, found.value));
  const range = found.low === null || found.high === null ? "–"
    : words.t("report.range", { low: share(words.language, found.low), high: share(words.language, found.high) });
  say(byId("headline-words"), words.t("report.headline", {
    s: number(words.language, report.within_s), n: number(words.language, found.n), range,
    first: dayOf(words.locale, report.first), last: dayOf(words.locale, report.last),
  }));
}

/** @param {Report} report @param {Line[]} whole @param {Words} words */
function drawSplit(report, whole, words) {
  const parts = report.definitions.filter((each) => PARTS.includes(each.name));
  const known = whole.filter((line) => line.figures.talk_s?.value !== null && line.figures.talk_s !== undefined);
  byId("split").hidden = report.kind !== "calls" || known.length === 0;
  if (byId("split").hidden) return;
  const stacks = known.slice(0, MOST_STACKS).map((line) => ({
    name: nameOf(words, report.by, line), parts: PARTS.map((name) => line.figures[name].value ?? 0),
  }));
  fill(byId("split-chart"),
    stackChart(stacks, parts.map((each) => each.words[words.language]), (value) => clock(Math.round(value)), words.t("report.split")),
    known.length > MOST_STACKS && el("p", { class: "remark" }, words.t("report.more", { n: known.length - MOST_STACKS })));
}

/** @param {Report} report @param {Line[]} whole @param {Words} words @param {Definition} definition */
function drawCourse(report, whole, words, definition) {
  const found = new Map(report.lines.map((line) => [placeOf(line, line.period), line]));
  const told = (/** @type {Line} */ line) => ({
    name: nameOf(words, report.by, line),
    figures: report.periods.map((_, index) => found.get(placeOf(line, index))?.figures[definition.name]),
  });
  const lines = whole.slice(0, MOST_ROWS).map(told);
  const drawn = drawnOf(whole);
  const series = drawn.slice(0, MOST_SERIES).map(told).map((line) => ({ name: line.name, values: line.figures.map((figure) => figure?.value ?? null) }));
  const ticks = ticksOf(definition.unit, series.flatMap((each) => each.values));
  const label = words.t("report.chart", { figure: definition.words[words.language], n: report.periods.length });
  fill(byId("course-chart"),
    courseChart({ names: report.periods.map((period) => period.tick[words.language]), series, ticks, show: (value) => shown(words, definition, value), label }),
    drawn.length > MOST_SERIES && el("p", { class: "remark" }, words.t("report.more", { n: drawn.length - MOST_SERIES })));
  byId("cut").hidden = !report.periods.some((period) => period.cut);
  fill(byId("course-table"),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words.name("report.by", report.by)),
      ...report.periods.map((period) => el("th", { scope: "col", class: "figure" }, period.shown[words.language])))),
    el("tbody", {}, ...lines.map((line) => el("tr", {}, el("th", { scope: "row" }, line.name),
      ...line.figures.map((figure) => cell(words, definition, figure))))));
}

/**
 * What is drawn: whom the report compares, rather than the parts of the first. Pure; printed charts draw the same.
 *
 * @param {Line[]} lines
 */
export function drawnOf(lines) {
  const whole = lines.filter((line) => line.part === "");
  return whole.length > 1 ? whole : lines;
}

/** @param {Line} line @param {number|null} period */
const placeOf = (line, period) => JSON.stringify([line.tenant, line.name, line.part, period]);
