// @ts-check
/** @import { Peaks } from "../wire/calls.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { CallRecord } from "../wire/records.js" */
/** @import { Transcript, TranscriptEvent } from "../call/transcript.js" */
import { applyCallEvent, NO_WORDS } from "../call/transcript.js";
import { follow } from "../shared/connection.js";
import { ask, callPath, RequestFailed } from "../shared/server.js";

/**
 * What is known of one call, and why nothing is.
 *
 * @typedef {object} Known
 * @property {CallRecord|null} record
 * @property {Peaks|null} peaks none: no recording is kept
 * @property {Transcript} transcript
 * @property {"review.loading"|"review.missing"|"review.failed"} status
 */

const REFRESH_MS = 5000;

/**
 * Asks for a call, and follows it while it goes on or its text is still to come.
 *
 * @param {string} callId
 * @param {{
 *   changed: () => void,
 *   loaded: () => void,
 *   recorded: (path: string) => void,
 *   playing: () => boolean,
 * }} page `changed`: something else is known; `loaded`: all of it, for the first time or once more; `recorded`: where
 * the recording lies, longer than before
 */
export function createKnown(callId, page) {
  /** @type {Known} */
  const known = { record: null, peaks: null, transcript: NO_WORDS, status: "review.loading" };

  async function load() {
    try {
      known.record = await ask(callPath(callId));
    } catch (error) {
      known.status = error instanceof RequestFailed && error.status === 404 ? "review.missing" : "review.failed";
      return page.changed();
    }
    known.transcript = NO_WORDS;
    for (const utterance of known.record?.utterances ?? []) {
      known.transcript = applyCallEvent(known.transcript, { type: "utterance", utterance });
    }
    await loadAudio();
    page.changed();
    page.loaded();
    if (known.record?.call.state === "live") followLive();
    else if (known.record?.call.blind === "later") awaitText();
  }

  async function loadAudio() {
    // no peaks means no recording is kept: said in words on the page
    known.peaks = await ask(`${callPath(callId)}/peaks`).catch(() => null);
    // a longer recording is another address: browsers keep what they have read of the shorter one
    if (known.peaks !== null) page.recorded(`${callPath(callId)}/audio?kept=${known.peaks.duration_s.toFixed(2)}`);
  }

  /** The call is over, but its text is still to come: look again until it is all there. */
  function awaitText() {
    const waiting = setInterval(async () => {
      const fresh = document.hidden ? null : await ask(callPath(callId)).catch(() => null);
      if (fresh === null || known.record === null) return;
      if (fresh.call.blind === "later" && fresh.utterances.length === known.record.utterances.length) return;
      clearInterval(waiting);
      void load();
    }, REFRESH_MS);
  }

  /**
   * While the call goes on, words come in as they are spoken, and flags and audio every few seconds; at its end
   * everything is loaded once more.
   */
  function followLive() {
    const growing = setInterval(() => void grow(), REFRESH_MS);
    const stream = follow(`${callPath(callId)}/stream`, {
      names: ["utterance", "dynamics", "health", "ended"],
      onLink: (link) => take({ type: link === "open" ? "reopened" : "lost" }),
      onEvent: (name, data) => {
        if (name === "utterance") take({ type: name, utterance: data });
        else if (name === "dynamics") take({ type: name, dynamics: data });
        else if (name === "health") take({ type: name, health: data });
        else {
          clearInterval(growing);
          stream.close();
          void load();
        }
      },
    });
  }

  /** @param {TranscriptEvent} event */
  function take(event) {
    known.transcript = applyCallEvent(known.transcript, event);
    page.changed();
  }

  async function grow() {
    if (document.hidden) return;
    const fresh = await ask(callPath(callId)).catch(() => null); // the stream says when the service is gone
    if (known.record === null || fresh?.call.state !== "live") return; // its end comes over the stream
    known.record = grown(known.record, fresh);
    if (!page.playing()) await loadAudio();
    page.changed();
  }

  /** How a flag stands now. @param {Flag} fresh */
  function replaceFlag(fresh) {
    if (known.record === null) return;
    const now = (/** @type {Flag} */ flag) => (flag.flag_id === fresh.flag_id ? fresh : flag);
    const held = known.record.held.map((one) => (one.reason === "shadow" ? { ...one, flag: now(one.flag) } : one));
    known.record = { ...known.record, flags: known.record.flags.map(now), held };
  }

  return { known, load, replaceFlag };
}

/** @param {CallRecord} old @param {CallRecord} fresh @returns {CallRecord} */
function grown({ flags, held, gaps }, fresh) {
  return { ...fresh, flags: kept(flags, fresh.flags), held: kept(held, fresh.held), gaps: kept(gaps, fresh.gaps) };
}

/** The older of two equal lists: what was drawn from it need not be drawn again. @template T @param {T} old @param {T} fresh */
const kept = (old, fresh) => (JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh);
