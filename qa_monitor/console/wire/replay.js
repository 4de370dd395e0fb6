// @ts-check
/** @import { Bilingual, Utterance } from "./calls.js" */

/**
 * @typedef {"same"|"changed"|"new"|"gone"} Change
 *
 * @typedef {object} FlagSide
 * @property {string} flag_id
 * @property {string} rule_id
 * @property {string} rule_version
 * @property {Bilingual} name
 * @property {string} priority
 * @property {string} state
 * @property {number} start_s
 * @property {number} end_s
 * @property {number|null} raised_s
 * @property {string} text
 *
 * @typedef {object} FlagPair
 * @property {Change} change
 * @property {FlagSide|null} before
 * @property {FlagSide|null} now
 *
 * @typedef {object} WordsPair
 * @property {Change} change
 * @property {boolean} score_changed
 * @property {Utterance|null} before
 * @property {Utterance|null} now
 *
 * @typedef {object} Difference
 * @property {boolean} same
 * @property {boolean} as_live
 * @property {number} strayed
 * @property {number} shared_passes
 * @property {FlagPair[]} flags
 * @property {WordsPair[]} utterances
 *
 * @typedef {object} Replay
 * @property {string} replay_id
 * @property {"audio"|"text"} what
 * @property {"running"|"done"|"failed"|"stopped"} state
 * @property {number} at_s
 * @property {number} duration_s
 * @property {string|null} problem
 * @property {Difference|null} difference
 */

export {};
