// @ts-check
/**
 * What the service says of scores: what a call earned, by whose answers, and what proves them.
 *
 * @typedef {"yes"|"no"|"na"|"unanswered"} AnswerValue
 * @typedef {{en: string, fr: string}} Bilingual
 * @typedef {{start_s: number, end_s: number, utterance_ids: string[]}} Span
 *
 * @typedef {object} Answer
 * @property {string} question_id
 * @property {string} section_id
 * @property {AnswerValue} value
 * @property {number} points
 * @property {number} possible 0 where the question does not count in this call
 * @property {number|null} confidence
 * @property {Span[]} spans
 * @property {string} by `machine`, or who answered
 * @property {string} reason a human's words; the machine's is a name
 * @property {string} at
 * @property {AnswerValue|null} machine_value
 *
 * @typedef {object} ScoreQuestion
 * @property {string} question_id
 * @property {Bilingual} text
 * @property {number} points
 * @property {boolean} auto_fail
 * @property {boolean} manual
 * @property {Bilingual|null} coach_note
 *
 * @typedef {{section_id: string, name: Bilingual, weight: number, questions: ScoreQuestion[]}} ScoreSection
 * @typedef {{scorecard_id: string, version: string, name: Bilingual, sections: ScoreSection[]}} ScoreCard
 *
 * @typedef {object} Score
 * @property {string} score_id
 * @property {string} scorecard_id
 * @property {string} version
 * @property {string} at
 * @property {number|null} total
 * @property {boolean} failed
 * @property {string[]} failed_by
 * @property {"machine"|"human"} state
 * @property {boolean} current
 * @property {Answer[]} answers
 * @property {ScoreCard|null} scorecard
 *
 * @typedef {{score_id: string, question_id: string, was: AnswerValue, value: AnswerValue, reason: string, by: string, at: string}} Override
 * @typedef {{call_id: string, scores: Score[], overrides: Override[]}} Scores
 */
export {};
