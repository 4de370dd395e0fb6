// @ts-check
/** @import { Feed } from "../feed/feed.js" */
/** @import { Call } from "../wire/calls.js" */
/** @import { Flag, Priority } from "../wire/flags.js" */
import { asksNow } from "../feed/standing.js";

/**
 * How each agent stands now, from what the feed knows. No page, no network, no clock.
 *
 * @typedef {{tenant: string, agent_id: string, name: string, team: string}} Agent
 * @typedef {"flagged"|"blind"|"rising"|"paused"|"calm"|"free"} Standing
 *
 * @typedef {object} Tile
 * @property {string} key
 * @property {Agent} agent
 * @property {Standing} standing
 * @property {Call|null} call the one that gives the state; none while free
 * @property {number} calls how many go on
 * @property {Priority|null} priority of the most pressing flag
 * @property {Flag|null} flag that one
 */

/** What matters most comes first. @type {Standing[]} */
export const STANDINGS = ["flagged", "blind", "rising", "paused", "calm", "free"];
/** @type {Record<Priority, number>} */
const RANK = { high: 0, medium: 1, low: 2 };

/**
 * Every agent, always in the same place: by team, then by name. Agents who were never set up come with their calls.
 *
 * @param {Feed} feed
 * @param {readonly Agent[]} agents
 * @returns {Tile[]}
 */
export function wallOf(feed, agents) {
  const calls = Object.values(feed.calls);
  const known = new Map(agents.map((agent) => [keyOf(agent), agent]));
  for (const call of calls) {
    if (!known.has(keyOf(call))) known.set(keyOf(call), { tenant: call.tenant, agent_id: call.agent_id, name: "", team: call.team });
  }
  const pressing = pressingFlags(feed);
  const tiles = [...known].map(([key, agent]) => tileOf(key, agent, calls.filter((call) => call.state === "live" && keyOf(call) === key), pressing));
  const text = (/** @type {Tile} */ { agent }) => [agent.tenant, agent.team, agent.name || agent.agent_id, agent.agent_id];
  return tiles.sort((a, b) => compared(text(a), text(b)));
}

/** How many agents stand so. @param {readonly Tile[]} tiles @param {Standing} standing */
export const countOf = (tiles, standing) => tiles.filter((tile) => tile.standing === standing).length;

/**
 * How many tiles side by side make them largest on a page of this shape.
 *
 * @param {number} count
 * @param {number} shape width divided by height
 */
export const columnsFor = (count, shape) => Math.max(1, Math.ceil(Math.sqrt((Math.max(1, count) * shape) / TILE_SHAPE)));

/** Width of a good tile divided by its height. */
const TILE_SHAPE = 1.5;

/** @param {{tenant: string, agent_id: string}} named */
const keyOf = ({ tenant, agent_id }) => `${tenant}/${agent_id}`;

/** @param {string[]} a @param {string[]} b */
function compared(a, b) {
  const place = a.findIndex((text, index) => text !== b[index]);
  return place < 0 ? 0 : a[place].localeCompare(b[place], undefined, { numeric: true });
}

/** The most pressing flag of each call. @param {Feed} feed @returns {Record<string, Flag>} */
function pressingFlags(feed) {
  /** @type {Record<string, Flag>} */
  const found = {};
  for (const flag of Object.values(feed.flags).filter(asksNow)) {
    const known = found[flag.call_id];
    if (!known || RANK[flag.priority] < RANK[known.priority]) found[flag.call_id] = flag;
  }
  return found;
}

/** @param {string} key @param {Agent} agent @param {Call[]} calls @param {Record<string, Flag>} pressing @returns {Tile} */
function tileOf(key, agent, calls, pressing) {
  const standings = calls.map((call) => ({ call, flag: pressing[call.call_id] ?? null, standing: standingOf(call, pressing[call.call_id]) }));
  standings.sort((a, b) => weight(a) - weight(b) || a.call.started_at.localeCompare(b.call.started_at));
  const first = standings[0];
  if (first === undefined) return { key, agent, standing: "free", call: null, calls: 0, priority: null, flag: null };
  return { key, agent, standing: first.standing, call: first.call, calls: calls.length, priority: first.flag?.priority ?? null, flag: first.flag };
}

/** @param {{standing: Standing, flag: Flag|null}} one */
const weight = ({ standing, flag }) => STANDINGS.indexOf(standing) * 3 + (flag === null ? 0 : RANK[flag.priority]);

/** @param {Call} call @param {Flag|undefined} flag @returns {Standing} */
function standingOf(call, flag) {
  if (flag !== undefined) return "flagged";
  if (call.paused) return "paused";
  if (call.blind !== null) return "blind";
  return call.course?.state === "rising" || call.course?.state === "upset" ? "rising" : "calm";
}
