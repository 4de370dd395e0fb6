// @ts-check
/**
 * Reports as the server answers them.
 *
 * @typedef {{value: number|null, n: number, low: number|null, high: number|null, few: boolean, risk: boolean}} Figure
 * @typedef {{en: string, fr: string}} Bilingual
 * @typedef {{name: string, unit: "count"|"share"|"seconds"|"points"|"rate", words: Bilingual}} Definition
 * @typedef {{name: string, shown: Bilingual, tick: Bilingual, first: string, last: string, since: string, until: string, cut: boolean}} Period
 * @typedef {object} Line
 * @property {string} tenant
 * @property {string} name
 * @property {string} part
 * @property {Bilingual} shown
 * @property {Bilingual} part_shown
 * @property {number|null} period
 * @property {Record<string, Figure>} figures
 * @typedef {object} Report
 * @property {string} kind
 * @property {string} by
 * @property {string} every
 * @property {string} zone
 * @property {string} first
 * @property {string} last
 * @property {number} within_s
 * @property {number} pending
 * @property {number} unread
 * @property {number} withheld
 * @property {Definition[]} definitions
 * @property {Period[]} periods
 * @property {Line[]} lines
 * @typedef {{kind: string, by: string, every: string, since: string, until: string, zone: string, within_s: string, figure: string, plain: boolean}} Asked
 * @typedef {{period: string, shown: Bilingual, state: string, attempts: number, at: string|null, problem: string|null}} Run
 * @typedef {{schedule_id: string, kind: string, by: string, often: string, hour: number, zone: string, form: string, to: string, problem: string|null, runs: Run[]}} Schedule
 */
export {};
