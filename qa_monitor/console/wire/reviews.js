// @ts-check
/** @import { Bilingual } from "./calls.js" */
/**
 * What the service says of reviews and calibrations.
 *
 * @typedef {"assigned"|"in_review"|"submitted"|"disputed"|"closed"} ReviewState
 * @typedef {"yes"|"no"|"na"} Value
 * @typedef {{question_id: string, text_en: string, text_fr: string, value: string, words: string, by_person: boolean}} Asked
 *
 * @typedef {object} Disputed
 * @property {string} question_id
 * @property {string} words
 * @property {string} by
 * @property {string} at
 * @property {"upheld"|"changed"|null} ruling
 * @property {string|null} decided_words
 *
 * @typedef {object} FlagDispute
 * @property {string} flag_id
 * @property {string} call_id
 * @property {string} tenant
 * @property {string} agent_id
 * @property {string} team
 * @property {{en: string, fr: string}} name
 * @property {"high"|"medium"|"low"} priority
 * @property {number} start_s
 * @property {string} said
 * @property {string} words
 * @property {string} by
 * @property {"stands"|"false_alarm"|null} ruling
 * @property {string|null} decided_words
 * @property {string|null} decided_by
 *
 * @typedef {object} Review
 * @property {string} review_id
 * @property {string} call_id
 * @property {string} tenant
 * @property {string} agent_id
 * @property {string} scorecard_id
 * @property {string} why
 * @property {string} reviewer
 * @property {ReviewState} state
 * @property {string|null} ending
 * @property {string} note
 * @property {string} changed_at
 * @property {boolean} blind
 * @property {{question_id: string, value: string, words: string}[]} answers
 * @property {Disputed[]} disputes
 * @property {{did: string, by: string, at: string, words: string}[]} history
 * @property {Asked[]|null} questions
 *
 * @typedef {object} MyReview
 * @property {string} review_id
 * @property {string} call_id
 * @property {string} started_at
 * @property {ReviewState} state
 * @property {string|null} ending
 * @property {number|null} total
 * @property {boolean} failed
 * @property {string} note
 * @property {Asked[]} questions
 * @property {Disputed[]} disputes
 *
 * @typedef {{comment_id: string, at_s: number, shared: string, by: string, at: string, words: string, reply_to: string|null}} Comment
 * @typedef {{reviewer: string, name: string, open: number}} Reviewer
 *
 * @typedef {{value: number, low: number, high: number, calls: number, strength: string}} Kappa
 *
 * @typedef {object} Agreement
 * @property {string} question_id
 * @property {string} text_en
 * @property {string} text_fr
 * @property {number} calls
 * @property {number|null} people_agreed
 * @property {Kappa|null} people
 * @property {number|null} machine_agreed
 * @property {Kappa|null} machine
 * @property {number} machine_calls
 * @property {number} floor
 * @property {number} needed
 * @property {boolean} weak
 *
 * @typedef {{question_id: string, section_en: string, section_fr: string, text_en: string, text_fr: string}} Question
 *
 * @typedef {object} Calibration
 * @property {string} calibration_id
 * @property {string} title
 * @property {string} scorecard_id
 * @property {Bilingual} scorecard_name
 * @property {string[]} calls
 * @property {string} by
 * @property {string} at
 * @property {string|null} closed_at
 * @property {boolean} asked
 * @property {{reviewer: string, handed_in: number}[]} progress
 * @property {Question[]} questions
 * @property {{call_id: string, reviewer: string, answers: Record<string, {value: Value, words: string}>}[]} sheets
 * @property {Agreement[]|null} agreement
 *
 * @typedef {{scorecard_id: string, scorecard_name: Bilingual, version: string, agreement: Agreement[]}} Calibrated
 */
export {};
