// @ts-check
/** @import { Feed } from "../feed/feed.js" */
/** @import { Call } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { courseBadge } from "../call/course.js";
import { endedCalls, liveCalls } from "../feed/calls.js";
import { arrangeChildren, byId, el, fill, say } from "../shared/dom.js";
import { clock, dateTime, timeOrDay } from "../shared/format.js";
import { agentOf, teamOf } from "../shared/names.js";
import { reviewPath } from "../shared/server.js";
import { prioritySign } from "../shared/signs.js";

/** @typedef {{element: HTMLLIElement, length: HTMLElement, button: HTMLElement, call: Call, words: Words}} Row */
/**
 * @typedef {object} CallsView
 * @property {Feed} feed
 * @property {Words} words
 * @property {number} now_ms by the server's clock
 * @property {string|null} chosen the call whose transcript is shown
 * @property {boolean} recentFailed the list of ended calls could not be loaded
 */

/**
 * The calls in progress and those that ended.
 *
 * @param {(call: Call) => void} watch
 * @returns {{draw: (view: CallsView) => void}}
 */
export function createCallList(watch) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  const draw = (/** @type {CallsView} */ view) => {
    const calls = liveCalls(view.feed);
    const live = new Set(calls.map((call) => call.call_id));
    for (const id of rows.keys()) if (!live.has(id)) rows.delete(id);
    arrangeChildren(byId("live-calls"), calls.map((call) => drawRow(view, call)));
    say(byId("live-count"), String(calls.length));
    byId("live-none").hidden = calls.length > 0;
    drawEnded(view);
  };
  const drawRow = (/** @type {CallsView} */ view, /** @type {Call} */ call) => {
    const known = rows.get(call.call_id);
    const row = known?.call === call && known.words === view.words ? known : buildRow(view.words, call, watch, known);
    rows.set(call.call_id, row);
    say(row.length, clock((view.now_ms - Date.parse(call.started_at)) / 1000));
    row.button.setAttribute("aria-pressed", String(view.chosen === call.call_id));
    return row.element;
  };
  return { draw };
}

/**
 * @param {Words} words
 * @param {Call} call
 * @param {(call: Call) => void} watch
 * @param {Row} [known] the row to build again
 * @returns {Row}
 */
function buildRow(words, call, watch, known) {
  const element = known?.element ?? el("li");
  const length = el("span", { class: "length" });
  const title = words.t("calls.watch");
  const focused = known?.button === document.activeElement;
  const button = el("button", { type: "button", class: "call", title, onclick: () => watch(call) },
    ...callFacts(words, call), length);
  fill(element, button, courseBadge(words, call), pausedLine(words, call), blindLine(words, call));
  if (focused) button.focus();
  return { element, length, button, call, words };
}

/** @param {Words} words @param {Call} call */
const callFacts = (words, call) => [
  el("b", { class: "agent" }, agentOf(words, call)),
  el("span", { class: "team" }, teamOf(words, call) || words.t("team.none")),
  el("span", { class: "tongue" }, call.language?.toUpperCase() ?? "–"),
  flagCounts(words, call),
];

/** That a call is not heard at the moment, because somebody wants it so. @param {Words} words @param {Call} call */
function pausedLine(words, call) {
  if (!call.paused) return null;
  return el("p", { class: "on-hold" }, words.t(call.paused === "off_record" ? "pause.off_record" : "pause.paused"));
}

/** Why a call cannot be judged, in words; nothing when it can. @param {Words} words @param {Call} call */
export const blindLine = (words, call) =>
  call.blind === null ? null : el("p", { class: "blind" }, words.t("blind", { reason: words.name("blind", call.blind) }));

/** @param {Words} words @param {Call} call */
function flagCounts(words, call) {
  const { high, medium, low } = call.flags;
  const label = high + medium + low === 0 ? words.t("calls.no_flags") : words.t("calls.flags", { high, medium, low });
  const signs = /** @type {const} */ (["high", "medium", "low"])
    .filter((priority) => call.flags[priority] > 0)
    .map((priority) => el("span", { class: "count" }, prioritySign(priority), String(call.flags[priority])));
  return el("span", { class: "counts", title: label }, ...signs, el("span", { class: "unseen" }, label));
}

/** @param {CallsView} view */
function drawEnded({ feed, words, now_ms, recentFailed }) {
  const box = byId("ended-calls");
  const calls = endedCalls(feed);
  const none = byId("ended-none");
  none.hidden = calls.length > 0;
  say(none, words.t(recentFailed ? "calls.ended.failed" : "calls.ended.none"));
  const drawn = `${words.language}${new Date(now_ms).toDateString()}${JSON.stringify(calls)}`;
  if (box.dataset.drawn === drawn) return;
  box.dataset.drawn = drawn;
  fill(box, ...calls.map((call) => endedRow(words, call, now_ms)));
}

/** @param {Words} words @param {Call} call @param {number} now_ms */
function endedRow(words, call, now_ms) {
  const at = call.ended_at ?? call.started_at;
  return el("li", {},
    el("a", { class: "call", href: reviewPath(call.call_id), title: words.t("calls.review") },
      ...callFacts(words, call),
      el("span", { class: "length" }, call.duration_s === null ? "–" : clock(call.duration_s)),
      el("span", { class: "ended-at", title: dateTime(words.locale, at) }, timeOrDay(words.locale, at, now_ms))),
    call.state === "interrupted" ? el("p", { class: "blind" }, words.name("end", "interrupted")) : null);
}
