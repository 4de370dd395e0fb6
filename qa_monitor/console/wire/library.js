// @ts-check
/**
 * What the service says of kept calls.
 *
 * @typedef {{at_s: number, speaker: string, text: string, marks: [number, number][]}} Snippet
 *
 * @typedef {object} FoundCall
 * @property {string} call_id
 * @property {string} tenant
 * @property {string} team
 * @property {string} agent_id
 * @property {number} agents
 * @property {string} direction
 * @property {string|null} language
 * @property {"live"|"ended"|"interrupted"} state
 * @property {string} began_at
 * @property {number|null} duration_s
 * @property {number|null} talk_over_s
 * @property {number|null} silence_s
 * @property {number|null} hold_s
 * @property {{high: number, medium: number, low: number}} flags
 * @property {number} held
 * @property {string|null} course
 * @property {string|null} trend
 * @property {number|null} score
 * @property {boolean|null} failed
 * @property {Snippet[]} snippets
 *
 * @typedef {{calls: FoundCall[], next: string|null, count: number, more: boolean}} FoundPage
 * @typedef {{call: FoundCall, why: string, reason: {en: string, fr: string}}} Pick
 * @typedef {{picks: Pick[], of: number, seed: number}} Sampled
 * @typedef {{tenants: string[], teams: string[], agents: string[], rules: string[], rule_names: Record<string, {en: string, fr: string}>}} Choices
 * @typedef {{search_id: string, name: string, query: string, shared: boolean, own: boolean}} SavedSearch
 */
export {};
