// @ts-check
/**
 * What the server says of itself over the feed.
 *
 * @typedef {{desk: string, told: number, flooded: boolean}} Desk interruptions within ten minutes
 *
 * @typedef {object} Heartbeat
 * @property {string} now
 * @property {number|null} lag_s
 * @property {number} shed_level
 * @property {string[]} shed what is left out now
 * @property {number} later_s seconds of speech still to be transcribed, and of calls still to be listened to
 * @property {number} calls_recorded live calls that are only recorded
 * @property {number} calls_live
 * @property {number|null} final_p50_s
 * @property {number|null} final_p95_s
 * @property {number|null} flag_p50_s
 * @property {number|null} flag_p95_s
 * @property {boolean} disk_ok
 * @property {boolean} saving
 * @property {Desk[]} desks
 * @property {number} consoles how many pages follow the feed
 * @property {number|null} drift_s how slow flags are, where they are slower than they should be
 */

export {};
