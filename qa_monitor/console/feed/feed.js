// @ts-check
/** @import { Call } from "../wire/calls.js" */
/** @import { Heartbeat } from "../wire/feed.js" */
/** @import { Flag } from "../wire/flags.js" */
import { liveCalls, recount, trimmed } from "./calls.js";
import { isSeen } from "./eventid.js";
import { keyed, without } from "./keyed.js";
import { handledAmong } from "./shown.js";
import { isHandled, isOlder, isOpen } from "./standing.js";

/**
 * What the coach page knows, and how each event changes it. No page, no network, no clock.
 *
 * @typedef {"connecting"|"open"|"lost"} Link
 *
 * @typedef {object} Feed
 * @property {string|null} lastId where to resume the stream
 * @property {Record<string, Flag>} flags everything not yet cleared from this screen, by flag id
 * @property {Record<string, Call>} calls live and recently ended, by call id
 * @property {Heartbeat|null} heartbeat
 * @property {number|null} heard_ms when anything was last heard, by this browser's clock
 * @property {number} skew_ms the server's clock minus this browser's
 * @property {Link} link
 * @property {readonly string[]} untold live calls of which nothing was told since the stream came back
 *
 * @typedef {{type: "opened"} | {type: "lost"} | {type: "resync"}
 *   | {type: "snapshot", id: string|null, calls: Call[], flags: Flag[]}
 *   | {type: "flag", id: string|null, flag: Flag}
 *   | {type: "call", call: Call}
 *   | {type: "recent", calls: Call[]}
 *   | {type: "live", ids: string[]}
 *   | {type: "past", flags: Flag[]}
 *   | {type: "heartbeat", heartbeat: Heartbeat, at_ms: number}
 *   | {type: "drawn", screen_s: Record<string, number>}
 *   | {type: "dismiss", flagId: string}} FeedEvent
 */

/** @type {Readonly<Feed>} */
export const NOTHING_YET = Object.freeze({
  lastId: null,
  flags: {},
  calls: {},
  heartbeat: null,
  heard_ms: null,
  skew_ms: 0,
  link: "connecting",
  untold: Object.freeze([]),
});

const KEPT_HANDLED_FLAGS = 20;

/**
 * The one place where state changes.
 *
 * @param {Feed} feed
 * @param {FeedEvent} event
 * @returns {Feed}
 */
export function applyEvent(feed, event) {
  switch (event.type) {
    case "opened":
      return { ...feed, link: "open", untold: feed.link === "lost" ? liveCalls(feed).map((call) => call.call_id) : feed.untold };
    case "lost":
      return { ...feed, link: "lost" };
    case "resync":
      return { ...feed, lastId: null };
    case "snapshot":
      return applySnapshot(feed, event);
    case "flag":
      return applyFlag(feed, event.id, event.flag);
    case "call":
      return {
        ...feed,
        calls: trimmed({ ...feed.calls, [event.call.call_id]: event.call }),
        untold: feed.untold.filter((id) => id !== event.call.call_id),
      };
    case "live":
      return { ...feed, calls: stillThere(feed, event.ids), untold: [] };
    case "recent":
      return { ...feed, calls: trimmed({ ...keyed(event.calls, "call_id"), ...feed.calls }) };
    case "past":
      return { ...feed, flags: bounded({ ...keyed(event.flags.filter(isHandled), "flag_id"), ...feed.flags }) };
    case "heartbeat":
      return {
        ...feed,
        heartbeat: event.heartbeat,
        heard_ms: event.at_ms,
        skew_ms: Date.parse(event.heartbeat.now) - event.at_ms,
      };
    case "drawn":
      return { ...feed, flags: { ...feed.flags, ...measured(feed.flags, event.screen_s) } };
    case "dismiss":
      return { ...feed, flags: without(feed.flags, event.flagId) };
  }
}

/**
 * A snapshot is the truth about what is open and live. Flags this screen showed as handled or withdrawn stay until
 * they are noted: nothing disappears unread.
 *
 * @param {Feed} feed
 * @param {{id: string|null, calls: Call[], flags: Flag[]}} snapshot
 * @returns {Feed}
 */
function applySnapshot(feed, snapshot) {
  const closed = Object.values(feed.flags).filter((flag) => !isOpen(flag));
  const ended = Object.values(feed.calls).filter((call) => call.state !== "live");
  return {
    ...feed,
    lastId: snapshot.id ?? feed.lastId,
    flags: { ...keyed(closed, "flag_id"), ...keyed(snapshot.flags, "flag_id") },
    calls: { ...keyed(ended, "call_id"), ...keyed(snapshot.calls, "call_id") },
    untold: [],
  };
}

/**
 * The calls without those that ended while the stream was lost: the service tells only the latest of them again.
 *
 * @param {Feed} feed
 * @param {readonly string[]} ids calls that are live, asked for since
 * @returns {Record<string, Call>}
 */
function stillThere(feed, ids) {
  const live = new Set(ids);
  return feed.untold.filter((id) => !live.has(id)).reduce(without, feed.calls);
}

/**
 * @param {Feed} feed
 * @param {string|null} id none for a flag that could not be saved, and for the answer to a click
 * @param {Flag} flag
 * @returns {Feed}
 */
function applyFlag(feed, id, flag) {
  if (id !== null && isSeen(feed.lastId, id)) return feed;
  const lastId = id ?? feed.lastId;
  const known = feed.flags[flag.flag_id];
  if (known && isOlder(flag, known)) return { ...feed, lastId };
  const calls = recount(feed.calls, known, flag);
  return { ...feed, lastId, flags: bounded({ ...feed.flags, [flag.flag_id]: flag }), calls };
}

/** Flags with the time it took until this page drew them. @param {Record<string, Flag>} flags @param {Record<string, number>} screen_s */
function measured(flags, screen_s) {
  const known = Object.entries(screen_s).filter(([id]) => Object.hasOwn(flags, id));
  return Object.fromEntries(known.map(([id, s]) => [id, { ...flags[id], latency: { ...flags[id].latency, screen_s: s } }]));
}

/** Handled flags beyond the newest few are forgotten. @param {Record<string, Flag>} flags */
function bounded(flags) {
  const kept = { ...flags };
  for (const stale of handledAmong(flags).slice(KEPT_HANDLED_FLAGS)) delete kept[stale.flag_id];
  return kept;
}
