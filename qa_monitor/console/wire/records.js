// @ts-check
/** @import { Call, ConsentEntry, Dynamics, Gap, Utterance } from "./calls.js" */
/** @import { Flag } from "./flags.js" */

/**
 * A whole call with its flags, for the page of one call.
 *
 * @typedef {{flag: Flag, reason: string}} HeldFlag
 *
 * @typedef {object} CallRecord
 * @property {Call} call
 * @property {Utterance[]} utterances
 * @property {Flag[]} flags
 * @property {HeldFlag[]} held
 * @property {Dynamics|null} dynamics
 * @property {Gap[]} gaps
 * @property {{start_s: number, end_s: number|null, cause: string}[]} [holds]
 * @property {ConsentEntry[]} consents what the customer was told and answered, in order
 */

export {};
