// @ts-check
/**
 * Shapes of what the server sends. Times ending `_s` are seconds on the call's audio clock; times ending `_at` are
 * ISO dates. Types only: nothing here runs.
 *
 * @typedef {"en"|"fr"} Language
 * @typedef {"high"|"medium"|"low"} Priority
 * @typedef {"raised"|"confirmed"|"withdrawn"|"acknowledged"|"resolved"|"expired"} FlagState
 * @typedef {"useful"|"false_alarm"|"already_known"} Verdict
 * @typedef {"stepped_in"|"helped"|"follow_up"|"nothing"} Outcome
 * @typedef {{en: string, fr: string}} Bilingual
 * @typedef {{text: string, start_s: number, end_s: number, probability?: number}} Word
 * @typedef {{name: string, value: number, threshold: number}} Measured
 * @typedef {{start_s: number, end_s: number, url: string|null}} Clip
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
 *
 * @typedef {{channel: number, start_s: number, duration_s: number, reason: string}} Gap
 * @typedef {{flag: Flag, reason: string}} HeldFlag
 * @typedef {{per_second: number, duration_s: number, channels: number[][]}} Peaks
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
 *
 * @typedef {{speaker: string, level_db: number, lost_share: number}} ArrivalChannel
 *
 * @typedef {object} Arrival
 * @property {number} number
 * @property {string} dialect
 * @property {string} peer
 * @property {string} opened_at
 * @property {"waiting"|"live"|"ended"|"refused"} state
 * @property {string|null} call_id
 * @property {string} agent_id
 * @property {string|null} ended_at
 * @property {number|null} code
 * @property {string} reason
 * @property {Record<string, number>} rejected
 * @property {ArrivalChannel[]} channels
 * @property {string[]} facts
 *
 * @typedef {{now: string, address: string|null, arrivals: Arrival[]}} Arrivals
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
 */

export {};
