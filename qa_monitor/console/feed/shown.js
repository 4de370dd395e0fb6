// @ts-check
/** @import { Flag, Priority } from "../wire/flags.js" */
/** @import { Feed } from "./feed.js" */
import { askedAt_ms, isEscalated, isHeld, isSnoozed } from "./care.js";
import { isOngoing } from "./calls.js";
import { asksNow, isHandled, isOpen } from "./standing.js";

/** Which flags a live page shows, and in which order. */

/** @type {Record<Priority, number>} */
const RANK = { high: 0, medium: 1, low: 2 };
const SHOWN_OF_ENDED_CALLS = 50;

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
export function handledAmong(flags) {
  const moment = (/** @type {Flag} */ flag) => Date.parse(flag.acknowledged_at ?? flag.raised_at ?? "") || 0;
  return Object.values(flags)
    .filter(isHandled)
    .sort((a, b) => moment(b) - moment(a));
}

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

/** @param {Flag} flag */
const askedAt = (flag) => askedAt_ms(flag) ?? 0;

/** @param {Flag} flag */
const raisedAt = (flag) => Date.parse(flag.raised_at ?? "") || 0;
