// @ts-check
/** @import { Asked } from "../wire/reports.js" */
/** What a report is asked for, to and from the address of the page: whoever gets the address sees the same. Pure. */

export const KINDS = ["calls", "flags", "scores", "service", "surveys", "occupancy"];
export const EVERIES = ["day", "week", "month", "whole"];
const BYS = ["team", "agent", "queue", "partner", "all"];
const DAYS_BACK = 28;

/** Whose figures a kind of report can put together; the first is the usual one. @param {string} kind */
export function bysOf(kind) {
  if (kind === "occupancy") return ["agent"];
  return kind === "service" ? BYS.filter((by) => by !== "agent") : BYS;
}

/**
 * What the address asks for; what it does not say, or says wrongly, is as usual.
 *
 * @param {string} query
 * @param {Date} now
 * @param {string} zone the browser's own
 * @returns {Asked}
 */
export function askedIn(query, now, zone) {
  const said = new URLSearchParams(query);
  const among = (/** @type {string} */ name, /** @type {readonly string[]} */ allowed) =>
    allowed.find((value) => value === said.get(name)) ?? allowed[0];
  const kind = among("kind", KINDS);
  const day = (/** @type {string} */ name, /** @type {number} */ back) =>
    /^\d{4}-\d\d-\d\d$/.test(said.get(name) ?? "") ? String(said.get(name)) : dayBefore(now, back, zone);
  return {
    kind,
    by: among("by", bysOf(kind)),
    every: said.has("every") ? among("every", EVERIES) : "week",
    since: day("since", DAYS_BACK - 1),
    until: day("until", 0),
    zone: said.get("zone") || zone,
    within_s: /^\d{1,4}$/.test(said.get("within_s") ?? "") ? String(said.get("within_s")) : "20",
    figure: said.get("figure") ?? "",
    plain: said.get("plain") === "1",
  };
}

/** As it is asked of the server. @param {Asked} asked @param {Record<string, string>} [more] */
export function queryOf(asked, more = {}) {
  const { by, every, since, until, zone } = asked;
  /** @type {Record<string, string>} */
  const within = asked.kind === "service" ? { within_s: asked.within_s } : {};
  return new URLSearchParams({ by, every, since, until, zone, ...within, ...more }).toString();
}

/** As it stands in the address of the page. @param {Asked} asked */
export const addressOf = (asked) =>
  `?${queryOf(asked, {
    kind: asked.kind,
    ...(asked.figure ? { figure: asked.figure } : {}),
    ...(asked.plain ? { plain: "1" } : {}),
  })}`;

/** A local day so many days ago, as `2026-03-02`. @param {Date} now @param {number} days @param {string} zone */
function dayBefore(now, days, zone) {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now).split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day - days)).toISOString().slice(0, 10);
}
