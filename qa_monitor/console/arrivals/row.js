// @ts-check
/** @import { Arrival, ArrivalChannel } from "../wire/arrivals.js" */
/** @import { Language } from "../wire/calls.js" */
/** @import { Child } from "../shared/dom.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { el, fill, say } from "../shared/dom.js";
import { clock, number } from "../shared/format.js";
import { agentOf } from "../shared/names.js";
import { reasonIn } from "../shared/reasons.js";
import { reviewPath } from "../shared/server.js";
import { protocolName } from "./places.js";

const QUIETEST_DB = -60;
const LEAST_LOST = 0.001;
/** Ended in order, or left by the other side: before a call began, that is no refusal of ours. */
const NOT_REFUSED = [null, 1000, 1006];
/** @type {Record<number, Key>} what kind of ending a close code or an HTTP status stands for */
const ENDINGS = {
  400: "ending.incomplete",
  401: "ending.log_in",
  403: "ending.not_allowed",
  404: "ending.unknown_address",
  503: "ending.no_room",
  1000: "ending.normal",
  1001: "ending.left",
  1003: "ending.format",
  1006: "ending.left",
  1007: "ending.unreadable",
  1008: "ending.protocol",
  1009: "ending.too_long",
  1011: "ending.our_fault",
  1012: "ending.stopping",
};

/** @typedef {{element: HTMLTableRowElement, update: (arrival: Arrival, now_ms: number, words: Words) => void}} Row */

/** How a connection stands, in the page's own terms. @param {Arrival} arrival */
export const shownState = (arrival) =>
  arrival.state === "refused" && NOT_REFUSED.includes(arrival.code) ? "no_call" : arrival.state;

/**
 * Hours, minutes and seconds on the wall, as in logs; the day too where it is another.
 *
 * @param {string} locale
 * @param {string} at
 * @param {number} [now_ms] left out: the day does not matter
 */
export function timeWithSeconds(locale, at, now_ms = Date.parse(at)) {
  const when = new Date(at);
  const today = when.toDateString() === new Date(now_ms).toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const day = today ? {} : { day: "2-digit", month: "2-digit" };
  return new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(when);
}

/** One connection. Updating touches only what changed: focus and selected text stay. @returns {Row} */
export function createRow() {
  const cell = (/** @type {string} */ name, /** @type {Child[]} */ ...children) => el("td", { class: name }, ...children);
  const [stand, dialect, peer, opened, lasted] = ["span", "span", "span", "span", "p"].map((tag) =>
    el(/** @type {"span"|"p"} */ (tag)));
  const sign = el("span", { class: "spot", "aria-hidden": "true" });
  const [call, heard, notes] = [cell("call"), cell("heard"), cell("remarks")];
  const element = el("tr", {},
    cell("standing", el("span", { class: "stand" }, sign, stand)), cell("dialect", dialect), cell("peer", peer), call,
    cell("opened", opened, lasted), heard, notes);

  const update = (/** @type {Arrival} */ arrival, /** @type {number} */ now_ms, /** @type {Words} */ words) => {
    const state = shownState(arrival);
    const until_ms = arrival.ended_at === null ? now_ms : Date.parse(arrival.ended_at);
    element.className = state;
    say(stand, state === "no_call" ? words.t("arrival.no_call") : words.name("arrival", state));
    say(dialect, protocolName(arrival.dialect));
    say(peer, arrival.peer);
    say(opened, timeWithSeconds(words.locale, arrival.opened_at, now_ms));
    say(lasted, clock((until_ms - Date.parse(arrival.opened_at)) / 1000));
    drawCall(call, arrival, words);
    drawLevels(heard, arrival, words);
    refill(notes, JSON.stringify([words.language, state, arrival]), () => remarks(arrival, state, words));
  };
  return { element, update };
}

/** Draw anew only what differs. @param {HTMLElement} box @param {string} drawn @param {() => Child[]} make */
function refill(box, drawn, make) {
  if (box.dataset.drawn === drawn) return;
  box.dataset.drawn = drawn;
  fill(box, ...make());
}

/** @param {HTMLElement} box @param {Arrival} arrival @param {Words} words */
function drawCall(box, { call_id, tenant, agent_id }, words) {
  refill(box, call_id ?? "", () =>
    call_id === null
      ? [el("span", { class: "nothing" }, "–")]
      : [el("a", { href: reviewPath(call_id) }, call_id), el("p", { class: "agent" })]);
  const agent = box.querySelector(".agent");
  if (agent !== null) say(agent, agent_id === "" ? "" : agentOf(words, { tenant, agent_id }));
}

/** A bar per channel, from -60 dB to full scale. @param {HTMLElement} box @param {Arrival} arrival @param {Words} words */
function drawLevels(box, { state, channels }, words) {
  refill(box, JSON.stringify([words.language, state, channels.map((channel) => channel.speaker)]), () =>
    channels.length > 0
      ? channels.map(({ speaker }) => emptyBar(speaker, words))
      : [el("span", { class: "nothing" }, state === "live" ? words.t("arrivals.no_audio_yet") : "–")]);
  channels.forEach((channel, index) => drawLevel(box.children[index], channel, words));
}

/** @param {string} speaker @param {Words} words */
const emptyBar = (speaker, words) =>
  el("div", { class: "level" },
    el("span", { class: "who" }, words.name("speaker", speaker)),
    el("span", { class: `bar ${speaker}`, "aria-hidden": "true" }, el("span", { class: "filled" })),
    el("span", { class: "db" }));

/** @param {Element} row @param {ArrivalChannel} channel @param {Words} words */
function drawLevel(row, { level_db }, words) {
  const filled = Math.max(0, Math.min(1, 1 - level_db / QUIETEST_DB));
  const silent = level_db <= QUIETEST_DB;
  /** @type {HTMLElement} */ (row.querySelector(".filled")).style.width = `${Math.round(filled * 100)}%`;
  const text = silent ? words.t("arrivals.silent") : `${number(words.language, Math.round(level_db))}\u00a0dB`;
  say(/** @type {Element} */ (row.querySelector(".db")), text);
}

/** What is wrong, why it ended, what was left out. @param {Arrival} arrival @param {string} state @param {Words} words */
function remarks(arrival, state, words) {
  const lost = Math.max(0, ...arrival.channels.map((channel) => channel.lost_share));
  const left = Object.entries(arrival.rejected).map(([why, count]) => `${leftOut(why, words)}\u00a0×${count}`);
  return [
    ...arrival.facts.map((fact) => el("p", { class: "fact" }, words.name("health", fact))),
    ...ending(arrival, state, words),
    state === "waiting" ? el("p", {}, words.t("arrivals.no_start")) : null,
    lost >= LEAST_LOST ? el("p", {}, words.t("arrivals.lost", { share: percent(words.language, lost) })) : null,
    left.length > 0 ? el("p", { class: "left" }, words.t("arrivals.left_out", { list: left.join(", ") })) : null,
  ];
}

/** Its kind in the page's language, its code, and the sentence the other side was told. @param {Arrival} arrival @param {string} state @param {Words} words */
function ending({ code, reason }, state, words) {
  if (code === null && reason === "") return [];
  const kind = code !== null && code in ENDINGS ? words.t(ENDINGS[code]) : words.t("ending.other");
  const number = code === null ? null : el("span", { class: "code" }, String(code));
  return [
    el("p", { class: state === "refused" ? "kind wrong" : "kind" }, kind, " ", number),
    reason === "" ? null : toldWhy(reason, words),
  ];
}

/** As the other side was told, in the page's language; the sentence itself stays at hand for whoever reads its logs. @param {string} reason @param {Words} words */
function toldWhy(reason, words) {
  const here = words.language === "en" ? null : reasonIn(words, reason);
  return here === null ? el("p", { class: "reason", lang: "en" }, reason) : el("p", { class: "reason", title: reason }, here);
}

/** Some reasons end in the source's own code. @param {string} why @param {Words} words */
function leftOut(why, words) {
  const [, name, code] = /^(client_error)_(\d+)$/.exec(why) ?? [null, why, ""];
  return code === "" ? words.name("rejected", name) : `${words.name("rejected", name)} (${code})`;
}

/** Small shares matter here. @param {Language} language @param {number} value */
const percent = (language, value) =>
  new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: value < 0.1 ? 1 : 0 }).format(value);
