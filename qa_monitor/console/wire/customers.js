// @ts-check
/**
 * What the server says of what customers call about.
 *
 * @typedef {import("./calls.js").Language} Language
 * @typedef {{call_id: string, at: string, start_s: number, end_s: number, clip: string|null}} Example
 * @typedef {{theme: string, shown: string, along: string[], language: Language, calls: number, expected: number, times: number,
 *   low: number, high: number, chance: number, fresh: boolean, reasons: string[], examples: Example[]}} Term
 * @typedef {{begins_at: string, calls: number|null, share: number|null}} Week
 * @typedef {{reason_id: string, name: {en: string, fr: string}, weeks: Week[], times: number|null, low: number|null,
 *   high: number|null, grown: boolean, examples: Example[]}} Reason
 * @typedef {{begins_at: string, until: string, calls: number, calls_before: number, counting: boolean,
 *   learning: boolean, teams: string[], terms: Term[], reasons: Reason[]}} Themes
 * @typedef {{surge_id: number, shown: string[], words: {language: Language, shown: string[]}[], reasons: string[], languages: Language[], began_at: string,
 *   found_at: string, ended_at: string|null, calls: number, times: number, acknowledged_by: string|null,
 *   acknowledged_at: string|null, examples: Example[]}} Surge
 */
export {};
