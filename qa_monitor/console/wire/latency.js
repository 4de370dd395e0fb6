// @ts-check
/**
 * How long flags take, as the server answers it.
 *
 * @typedef {{count: number, p50_s: number|null, p95_s: number|null}} Figures
 *
 * @typedef {object} LatencyReport
 * @property {string} now
 * @property {number} window_s
 * @property {number} alarm_s
 * @property {number|null} drift_s
 * @property {(Figures & {stage: string})[]} stages
 * @property {(Figures & {at: string})[]} minutes
 * @property {number} calls_followed live calls that are transcribed while they go on
 * @property {number|null} calls_capacity so many are sure to be followed in time
 * @property {number|null} calls_room so many more are
 */

export {};
