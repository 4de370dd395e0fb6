// @ts-check
/** @import { Call, Course, Dynamics, Health, Utterance, Word } from "../wire/calls.js" */
/** @import { Flag } from "../wire/flags.js" */
/**
 * What is known of one call as it is spoken, and how each event changes it. No page, no network, no clock.
 *
 * @typedef {object} Transcript
 * @property {Record<string, Utterance>} utterances by utterance id
 * @property {Dynamics|null} dynamics
 * @property {Health|null} health none while nothing is heard of the call, and after its end
 * @property {Course|null} course none where the customer's voice is not judged
 * @property {readonly Flag[]} notes good news
 * @property {Call|null} ended
 *
 * @typedef {{type: "reopened"} | {type: "utterance", utterance: Utterance} | {type: "dynamics", dynamics: Dynamics}
 *   | {type: "health", health: Health} | {type: "lost"} | {type: "ended", call: Call}
 *   | {type: "course", course: Course} | {type: "notes", notes: readonly Flag[]}} TranscriptEvent
 */

/** @type {Readonly<Transcript>} */
export const NO_WORDS = Object.freeze({ utterances: {}, dynamics: null, health: null, course: null, notes: [], ended: null });

/**
 * @param {Transcript} transcript
 * @param {TranscriptEvent} event
 * @returns {Transcript}
 */
export function applyCallEvent(transcript, event) {
  switch (event.type) {
    case "reopened":
      // what is still being spoken is told again; a partial taken back meanwhile is not
      return { ...transcript, utterances: finalsOf(transcript.utterances) };
    case "utterance":
      return { ...transcript, utterances: withUtterance(transcript.utterances, event.utterance) };
    case "dynamics":
      return { ...transcript, dynamics: event.dynamics };
    case "health":
      return { ...transcript, health: event.health };
    case "course":
      return { ...transcript, course: event.course };
    case "notes":
      return { ...transcript, notes: event.notes };
    case "lost":
      // how it was heard a while ago says nothing about now
      return { ...transcript, health: null };
    case "ended":
      return { ...transcript, utterances: finalsOf(transcript.utterances), health: null, ended: event.call };
  }
}

/** @param {Record<string, Utterance>} utterances */
const finalsOf = (utterances) => Object.fromEntries(Object.entries(utterances).filter(([, utterance]) => utterance.final));

/**
 * Partials are replaced by later ones and by the final; what is older than what is shown is ignored.
 *
 * @param {Record<string, Utterance>} utterances
 * @param {Utterance} utterance
 */
function withUtterance(utterances, utterance) {
  const known = utterances[utterance.utterance_id];
  if (known && (known.final && !utterance.final || known.revision > utterance.revision)) return utterances;
  return { ...utterances, [utterance.utterance_id]: utterance };
}

/** Utterances with words, in the order they were spoken. @param {Transcript} transcript @returns {Utterance[]} */
export function inOrder(transcript) {
  return Object.values(transcript.utterances)
    .filter((utterance) => utterance.text.trim() !== "")
    .sort((a, b) => a.start_s - b.start_s || a.channel - b.channel);
}

/**
 * The language a call is in: as announced, else as first heard.
 *
 * @param {Call} call
 * @param {readonly Utterance[]} utterances in order
 */
export const languageOf = (call, utterances) => call.language ?? utterances[0]?.language ?? null;

/**
 * The utterances being spoken at this second; when nobody speaks, the last one before it.
 *
 * @param {readonly Utterance[]} utterances in order
 * @param {number} at_s
 * @returns {Utterance[]}
 */
export function spokenAt(utterances, at_s) {
  const now = utterances.filter((utterance) => utterance.start_s <= at_s && at_s < utterance.end_s);
  if (now.length > 0) return now;
  const before = utterances.filter((utterance) => utterance.start_s <= at_s);
  return before.slice(-1);
}

/**
 * The words of an utterance that raised flags.
 *
 * @param {readonly Flag[]} flags
 * @param {string} utteranceId
 * @returns {Word[]}
 */
export function hitWords(flags, utteranceId) {
  return flags
    .filter((flag) => flag.state !== "withdrawn" && flag.evidence.utterance_ids.includes(utteranceId))
    .flatMap((flag) => flag.evidence.words);
}

/**
 * Is a word of the text one of those that raised a flag? Half of it must lie within: times of a guess and of the final
 * differ a little.
 *
 * @param {Word} hit
 * @param {Word} word
 */
export function covers(hit, word) {
  const shared_s = Math.min(hit.end_s, word.end_s) - Math.max(hit.start_s, word.start_s);
  return shared_s > 0 && shared_s >= (word.end_s - word.start_s) / 2;
}
