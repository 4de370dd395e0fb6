// @ts-check
/** @import { Call } from "../wire/calls.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { Feed } from "./feed.js" */
import { without } from "./keyed.js";
import { isOpen } from "./standing.js";

/** The calls a live page knows. */

const KEPT_ENDED_CALLS = 50;

/** Calls going on, the longest first. @param {Feed} feed @returns {Call[]} */
export const liveCalls = (feed) =>
  Object.values(feed.calls)
    .filter((call) => call.state === "live")
    .sort((a, b) => a.started_at.localeCompare(b.started_at));

/** Calls that ended, the latest first. @param {Feed} feed @returns {Call[]} */
export const endedCalls = (feed) =>
  Object.values(feed.calls)
    .filter((call) => call.state !== "live")
    .sort((a, b) => endMoment(b) - endMoment(a));

/** Is the call of this flag still going on? A snapshot names every live call. @param {Feed} feed @param {Flag} flag */
export const isOngoing = (feed, flag) => feed.calls[flag.call_id]?.state === "live";

/**
 * A call's counts as its flags come and go; every news of the call itself brings the server's own.
 *
 * @param {Record<string, Call>} calls
 * @param {Flag|undefined} known the flag before
 * @param {Flag} flag
 */
export function recount(calls, known, flag) {
  const call = calls[flag.call_id];
  const added = !known && isOpen(flag) ? 1 : 0;
  const removed = known && known.state !== "withdrawn" && flag.state === "withdrawn" ? 1 : 0;
  if (!call || added === removed) return calls;
  const counts = { ...call.flags, [flag.priority]: Math.max(0, call.flags[flag.priority] + added - removed) };
  return { ...calls, [call.call_id]: { ...call, flags: counts } };
}

/** Ended calls beyond the newest few are forgotten. @param {Record<string, Call>} calls */
export function trimmed(calls) {
  const ended = Object.values(calls)
    .filter((call) => call.state !== "live")
    .sort((a, b) => endMoment(b) - endMoment(a));
  return ended.slice(KEPT_ENDED_CALLS).reduce((kept, call) => without(kept, call.call_id), calls);
}

/** @param {Call} call */
const endMoment = (call) => Date.parse(call.ended_at ?? call.started_at);
