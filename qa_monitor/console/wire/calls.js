// @ts-check
/**
 * A call, what is said in it and how it goes, as the server sends it. Times ending `_s` are seconds on the call's audio
 * clock; times ending `_at` are ISO dates. Types only: nothing here runs.
 *
 * @typedef {"en"|"fr"} Language
 * @typedef {{en: string, fr: string}} Bilingual
 * @typedef {{text: string, start_s: number, end_s: number, probability?: number}} Word
 *
 * @typedef {object} Call
 * @property {string} call_id
 * @property {string} tenant
 * @property {string} team
 * @property {string} agent_id
 * @property {string} direction
 * @property {string|null} language
 * @property {string[]} channels
 * @property {string} dialect
 * @property {string} notice
 * @property {string} consent
 * @property {string} started_at
 * @property {string|null} ended_at
 * @property {string|null} end_reason
 * @property {number|null} duration_s so far, while the call is live
 * @property {"live"|"ended"|"interrupted"} state
 * @property {string|null} blind
 * @property {{high: number, medium: number, low: number}} flags
 * @property {CallAgent[]} agents everyone it was with, in order
 * @property {Pause|null} [paused] what is said now is not heard
 * @property {Course|null} course none where the customer's voice was not judged
 *
 * @typedef {object} Course
 * @property {number} at_s
 * @property {"unknown"|"calm"|"rising"|"upset"|"recovering"} state
 * @property {number|null} since_s
 * @property {number|null} level how probable it is that the customer is upset, smoothed
 * @property {"rising"|"steady"|"falling"|null} trend
 * @property {number} told utterances that could be told
 * @property {number} unsure
 * @property {{at_s: number, before: number, after: number}[]} shifts
 * @property {number|null} peak
 * @property {number|null} peak_s
 * @property {number|null} peak_end
 * @property {number|null} upset_s
 * @property {number|null} recovered_s
 * @property {number} recoveries
 *
 * @typedef {{at: string, at_s: number|null, notice: string, consent: string, source: string, by: string, reference: string}} ConsentEntry
 *
 * @typedef {object} Prosody
 * @property {number} voiced_s
 * @property {number|null} pitch_hz
 * @property {number|null} pitch_range_st
 * @property {number} level_db
 * @property {number} pace_wps
 * @property {number|null} pitch_change_st
 * @property {number|null} level_change_db
 * @property {number|null} pace_change
 *
 * @typedef {object} Emotion
 * @property {string} emotion
 * @property {Record<string, number>} probabilities
 * @property {number} arousal
 * @property {number} valence
 * @property {number} certainty
 * @property {boolean} enough
 * @property {Prosody} prosody
 * @property {Bilingual} explanation
 *
 * @typedef {object} Utterance
 * @property {string} utterance_id
 * @property {string} speaker
 * @property {number} channel
 * @property {number} start_s
 * @property {number} end_s
 * @property {string} text
 * @property {Word[]} words
 * @property {string} language
 * @property {number} confidence
 * @property {boolean} final
 * @property {number} revision
 * @property {boolean} trusted
 * @property {boolean} late transcribed only after the fact
 * @property {Emotion|null} emotion
 *
 * @typedef {object} Dynamics
 * @property {number} now_s
 * @property {number} silence_s
 * @property {number} talk_over_s
 * @property {number} talk_over_total_s
 * @property {number} silence_total_s
 * @property {Record<string, number>} talk_share
 * @property {string|null} interrupter
 * @property {boolean} speakers_known false: who did what is left open
 * @property {Record<string, number>} interruptions
 * @property {Record<string, number>} longest_turn_s
 * @property {Record<string, number>} pace_wpm
 * @property {Record<string, number>} louder_db
 * @property {number|null} hold_since_s
 * @property {number} hold_s
 * @property {number} hold_total_s
 * @property {"music"|"tones"|"signalled"|null} hold_cause
 *
 * @typedef {{agent_id: string, team: string, from_s: number}} CallAgent from this second until the next one's
 * @typedef {"paused"|"off_record"} Pause
 * @typedef {{level_db: number, clipped_share: number, lost_share: number, spoken_s: number}} ChannelHealth
 *
 * @typedef {object} Health
 * @property {number} at_s
 * @property {ChannelHealth[]} channels
 * @property {string[]} facts what is wrong now
 * @property {string|null} blind
 * @property {Pause|null} paused
 *
 * @typedef {{channel: number, start_s: number, duration_s: number, reason: string}} Gap
 * @typedef {{per_second: number, duration_s: number, channels: number[][]}} Peaks
 */

export {};
