// @ts-check
/** @import { Bilingual, Word } from "./calls.js" */

/**
 * Red flags as the server sends them.
 *
 * @typedef {"high"|"medium"|"low"} Priority
 * @typedef {"raised"|"confirmed"|"withdrawn"|"acknowledged"|"resolved"|"expired"} FlagState
 * @typedef {"useful"|"false_alarm"|"already_known"} Verdict
 * @typedef {"stepped_in"|"helped"|"follow_up"|"nothing"} Outcome
 * @typedef {{name: string, value: number, threshold: number}} Measured
 * @typedef {{start_s: number, end_s: number, url: string|null}} Clip
 *
 * @typedef {object} Evidence
 * @property {string|null} speaker
 * @property {string[]} utterance_ids
 * @property {string} text
 * @property {Word[]} words
 * @property {string} phrase
 * @property {Measured[]} measured
 * @property {Bilingual} explanation
 * @property {Clip} clip
 *
 * @typedef {object} Latency
 * @property {number|null} text_s
 * @property {number|null} rule_s
 * @property {number|null} stored_s
 * @property {number|null} feed_s
 * @property {number|null} screen_s to the first screen that drew it
 *
 * @typedef {object} Care
 * @property {string} desk who is asked to act; `everyone`: all coaches
 * @property {string|null} asked_at since when
 * @property {string|null} act_by
 * @property {string|null} held why it lies in the drawer
 * @property {string|null} delivered_at when a console first drew it
 * @property {string|null} delivered_to
 * @property {string|null} snoozed_until
 * @property {number} escalations how often nobody had acted in time
 * @property {string|null} escalated_at
 * @property {string} word said with the last hand-over
 * @property {Outcome|null} outcome
 * @property {"snoozed"|"handed_over"|"resolved"|null} act
 * @property {string|null} acted_by
 * @property {string|null} acted_at
 *
 * @typedef {object} Flag
 * @property {string} flag_id
 * @property {string} call_id
 * @property {string|null} tenant
 * @property {string} agent_id
 * @property {string} team
 * @property {string|null} language
 * @property {string} rule_id
 * @property {string} rule_version
 * @property {Priority} priority
 * @property {FlagState} state
 * @property {number} start_s
 * @property {number} end_s
 * @property {number} raised_s
 * @property {string|null} raised_at
 * @property {Bilingual} name
 * @property {Bilingual} action
 * @property {number} deadline_s
 * @property {Evidence} evidence
 * @property {Latency} latency
 * @property {string|null} acknowledged_by
 * @property {string|null} acknowledged_at
 * @property {Verdict|null} verdict the latest word of any coach
 * @property {string|null} verdict_by
 * @property {string|null} verdict_at
 * @property {Care} care
 * @property {boolean} saved
 * @property {number|null} sequence of two states of a flag, the higher is the newer
 */

export {};
