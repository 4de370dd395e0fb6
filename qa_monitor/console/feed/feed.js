// @ts-check
/** @import { Call } from "../wire/calls.js" */
/** @import { Heartbeat } from "../wire/feed.js" */
/** @import { Flag, Priority } from "../wire/flags.js" */
import { askedAt_ms, isEscalated, isHeld, isQuiet, isSnoozed } from "./care.js";

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

/** @type {Record<Priority, number>} */
const RANK = { high: 0, medium: 1, low: 2 };
const KEPT_ENDED_CALLS = 50;
const KEPT_HANDLED_FLAGS = 20;
const SHOWN_OF_ENDED_CALLS = 50;

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

/**
 * Is this news of a flag from before what is known? An answer to a click may come ahead of earlier events.
 *
 * @param {Flag} flag
 * @param {Flag} known
 */
function isOlder(flag, known) {
  if (flag.sequence !== null && known.sequence !== null) return flag.sequence < known.sequence;
  return isHandled(known) && isOpen(flag);
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

/**
 * A call's counts as its flags come and go; every news of the call itself brings the server's own.
 *
 * @param {Record<string, Call>} calls
 * @param {Flag|undefined} known the flag before
 * @param {Flag} flag
 */
function recount(calls, known, flag) {
  const call = calls[flag.call_id];
  const added = !known && isOpen(flag) ? 1 : 0;
  const removed = known && known.state !== "withdrawn" && flag.state === "withdrawn" ? 1 : 0;
  if (!call || added === removed) return calls;
  const counts = { ...call.flags, [flag.priority]: Math.max(0, call.flags[flag.priority] + added - removed) };
  return { ...calls, [call.call_id]: { ...call, flags: counts } };
}

/** Was an event with this id already applied? @param {string|null} lastId @param {string} id */
function isSeen(lastId, id) {
  if (lastId === null) return false;
  const [generation, sequence] = splitId(id);
  const [lastGeneration, lastSequence] = splitId(lastId);
  return generation === lastGeneration && sequence <= lastSequence;
}

/** @param {string} id @returns {[string, number]} */
function splitId(id) {
  const dash = id.lastIndexOf("-");
  return [id.slice(0, dash), Number(id.slice(dash + 1))];
}

/** Does it still ask for someone? @param {Flag} flag */
export const isOpen = (flag) => flag.state === "raised" || flag.state === "confirmed";

/** Has someone taken care of it, or is its cause or its time over? @param {Flag} flag */
export const isHandled = (flag) => ["acknowledged", "resolved", "expired"].includes(flag.state);

/** Does it ask for someone now? What is held or put off does not. @param {Flag} flag */
export const asksNow = (flag) => isOpen(flag) && !isQuiet(flag);

/** Is the call of this flag still going on? A snapshot names every live call. @param {Feed} feed @param {Flag} flag */
export const isOngoing = (feed, flag) => feed.calls[flag.call_id]?.state === "live";

/**
 * What the list shows: open flags by priority, those first that nobody took on in time, then the longest waiting; then
 * withdrawn ones until they are noted. Those that ask nobody now lie in their drawers.
 * Calls that have ended come after those where something can still be done, the latest first.
 *
 * @param {Feed} feed
 * @returns {Flag[]}
 */
export function shownFlags(feed) {
  const place = (/** @type {Flag} */ flag) => (isOpen(flag) ? RANK[flag.priority] : 3);
  const escalated = (/** @type {Flag} */ flag) => (isOpen(flag) && isEscalated(flag) ? 0 : 1);
  const drawer = (/** @type {Flag} */ flag) => isHeld(flag) || (isOpen(flag) && isSnoozed(flag));
  const waiting = Object.values(feed.flags).filter((flag) => !isHandled(flag) && !drawer(flag));
  const ongoing = waiting.filter((flag) => isOngoing(feed, flag));
  const over = waiting.filter((flag) => !isOngoing(feed, flag));
  ongoing.sort((a, b) => place(a) - place(b) || escalated(a) - escalated(b) || askedAt(a) - askedAt(b) || a.flag_id.localeCompare(b.flag_id));
  over.sort((a, b) => raisedAt(b) - raisedAt(a) || a.flag_id.localeCompare(b.flag_id));
  return [...ongoing, ...over.slice(0, SHOWN_OF_ENDED_CALLS)];
}

/**
 * How many flags wait for someone, by whether their call still goes on.
 *
 * @param {Feed} feed
 * @returns {{ongoing: number, over: number}}
 */
export function openCounts(feed) {
  const open = Object.values(feed.flags).filter(asksNow);
  const ongoing = open.filter((flag) => isOngoing(feed, flag)).length;
  return { ongoing, over: open.length - ongoing };
}

/** Flags somebody took care of, the latest first. @param {Feed} feed @returns {Flag[]} */
export const handledFlags = (feed) => handledAmong(feed.flags);

/** @param {Record<string, Flag>} flags */
function handledAmong(flags) {
  const moment = (/** @type {Flag} */ flag) => Date.parse(flag.acknowledged_at ?? flag.raised_at ?? "") || 0;
  return Object.values(flags)
    .filter(isHandled)
    .sort((a, b) => moment(b) - moment(a));
}

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

/**
 * Which flags to draw. While someone reads (`paused`), the list keeps its order and its members; what is new waits.
 *
 * @param {readonly string[]} shown
 * @param {readonly string[]} wanted
 * @param {boolean} paused
 * @returns {{ids: readonly string[], pending: readonly string[]}}
 */
export function arrange(shown, wanted, paused) {
  if (!paused) return { ids: wanted, pending: [] };
  const drawn = new Set(shown);
  return { ids: shown, pending: wanted.filter((id) => !drawn.has(id)) };
}

/**
 * Seconds until the whole clip behind a flag is recorded: 0 once it is, or once the call has ended.
 *
 * @param {Flag} flag
 * @param {Call|undefined} call
 * @param {number} now_ms by the server's clock
 */
export function clipWait_s(flag, call, now_ms) {
  if ((call && call.state !== "live") || flag.raised_at === null) return 0;
  const audio_s = flag.raised_s + (now_ms - Date.parse(flag.raised_at)) / 1000;
  return Math.max(0, flag.evidence.clip.end_s - audio_s);
}

/** @param {Flag} flag */
const askedAt = (flag) => askedAt_ms(flag) ?? 0;

/** @param {Flag} flag */
const raisedAt = (flag) => Date.parse(flag.raised_at ?? "") || 0;

/** @param {Call} call */
const endMoment = (call) => Date.parse(call.ended_at ?? call.started_at);

/** Ended calls beyond the newest few are forgotten. @param {Record<string, Call>} calls */
function trimmed(calls) {
  const ended = Object.values(calls)
    .filter((call) => call.state !== "live")
    .sort((a, b) => endMoment(b) - endMoment(a));
  return ended.slice(KEPT_ENDED_CALLS).reduce((kept, call) => without(kept, call.call_id), calls);
}

/** @template T @param {T[]} records @param {keyof T} key @returns {Record<string, T>} */
const keyed = (records, key) => Object.fromEntries(records.map((record) => [String(record[key]), record]));

/** @template T @param {Record<string, T>} records @param {string} key @returns {Record<string, T>} */
const without = (records, key) => Object.fromEntries(Object.entries(records).filter(([name]) => name !== key));

/**
 * What to announce: flags that ask for someone and that this screen did not know before, or knew as asking nobody.
 *
 * @param {Feed} before
 * @param {Feed} after
 * @returns {Flag[]}
 */
export const newlyOpen = (before, after) =>
  Object.values(after.flags).filter((flag) => {
    const known = before.flags[flag.flag_id];
    return asksNow(flag) && (known === undefined || (isOpen(known) && isQuiet(known)));
  });

/** Flags whose deadline has passed since, and nobody had acted. @param {Feed} before @param {Feed} after @returns {Flag[]} */
export const newlyEscalated = (before, after) =>
  Object.values(after.flags).filter((flag) => {
    const known = before.flags[flag.flag_id];
    return asksNow(flag) && known !== undefined && flag.care.escalations > known.care.escalations;
  });
