// @ts-check
/**
 * What arrives of a live call, and when each piece of it is to sound. Pure: no sound, no socket, no clock.
 *
 * Times ending `_s` are seconds on the call's audio clock; those ending `_at` are seconds on the clock of the sound card.
 *
 * @typedef {{rate_hz: number, channels: string[]}} Format
 * @typedef {{start_s: number, now_s: number, samples: Int16Array}} Block `samples`: channels interleaved
 * @typedef {{from: number, to: number}} Span frames of a block
 * @typedef {{at: number, start_s: number, duration_s: number}} Piece
 *
 * @typedef {object} Plan
 * @property {number} free_at when what is planned so far will have sounded
 * @property {Piece[]} pieces what sounds now, and what comes
 * @property {number} now_s how far the call had come
 * @property {number} told_at when that was told
 */

const HEAD_BYTES = 16;
/** Time between hearing of a piece and its sound, so that nothing clicks. */
const LEAD_S = 0.12;
/** With more than this still to sound, long silence is left out: that is how the delay shrinks again. */
const PATIENCE_S = 1;
/** Below this on every channel it is silence: about -50 dB. */
const SILENCE = 100;
const LONGEST_SILENCE_S = 0.4;

/** @type {Readonly<Plan>} */
export const NOTHING_PLANNED = Object.freeze({ free_at: 0, pieces: [], now_s: 0, told_at: 0 });

/** One message with samples. @param {ArrayBuffer} message @returns {Block} */
export function readBlock(message) {
  const head = new DataView(message, 0, HEAD_BYTES);
  return { start_s: head.getFloat64(0, true), now_s: head.getFloat64(8, true), samples: new Int16Array(message, HEAD_BYTES) };
}

/**
 * Which channel goes to the left ear and which to the right: customer left, agent right, as in clips. What cannot be
 * told apart goes to both.
 *
 * @param {readonly string[]} channels
 * @returns {[number, number]}
 */
export function earsOf(channels) {
  const customer = channels.indexOf("customer");
  const agent = channels.indexOf("agent");
  return customer >= 0 && agent >= 0 ? [customer, agent] : [0, channels.length - 1];
}

/**
 * What of a block is to sound: all of it, or all but the inside of long silence.
 *
 * @param {Block} block
 * @param {Format} format
 * @returns {Span[]}
 */
export function withoutSilence({ samples }, { rate_hz, channels }) {
  const frames = samples.length / channels.length;
  const longest = Math.round(LONGEST_SILENCE_S * rate_hz);
  /** @type {Span[]} */
  const spans = [];
  let from = 0;
  let quiet = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    quiet = isQuiet(samples, frame * channels.length, channels.length) ? quiet + 1 : 0;
    if (quiet > longest) {
      if (frame > from) spans.push({ from, to: frame });
      from = frame + 1;
    }
  }
  if (frames > from) spans.push({ from, to: frames });
  return joined(spans);
}

/** @param {Int16Array} samples @param {number} at @param {number} count */
function isQuiet(samples, at, count) {
  for (let index = at; index < at + count; index += 1) if (Math.abs(samples[index]) >= SILENCE) return false;
  return true;
}

/** @param {Span[]} spans @returns {Span[]} */
function joined(spans) {
  /** @type {Span[]} */
  const kept = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (last?.to === span.from) last.to = span.to;
    else kept.push({ ...span });
  }
  return kept;
}

/**
 * Plan a block behind what is planned.
 *
 * @param {Plan} plan
 * @param {Block} block
 * @param {Format} format
 * @param {number} at now
 * @returns {{plan: Plan, sounding: (Span & {at: number})[]}} the spans of the block, and when each is to sound
 */
export function planBlock(plan, block, format, at) {
  const frames = block.samples.length / format.channels.length;
  const late = plan.free_at - at > PATIENCE_S;
  const spans = late ? withoutSilence(block, format) : [{ from: 0, to: frames }];
  let free_at = Math.max(plan.free_at, at + LEAD_S);
  const sounding = spans.map((span) => {
    const placed = { ...span, at: free_at };
    free_at += (span.to - span.from) / format.rate_hz;
    return placed;
  });
  const pieces = sounding.map((span) => ({
    at: span.at,
    start_s: block.start_s + span.from / format.rate_hz,
    duration_s: (span.to - span.from) / format.rate_hz,
  }));
  const kept = plan.pieces.filter((piece, index) => piece.at + piece.duration_s > at || index === plan.pieces.length - 1);
  return { plan: { free_at, pieces: [...kept, ...pieces], now_s: block.now_s, told_at: at }, sounding };
}

/** The call has come to this second, and nothing of it may sound yet. @param {Plan} plan @param {number} now_s @param {number} at @returns {Plan} */
export const planNothing = (plan, now_s, at) => ({ ...plan, now_s, told_at: at });

/**
 * How many seconds what sounds is behind the call; none before anything has sounded.
 *
 * @param {Plan} plan
 * @param {number} at
 * @returns {number|null}
 */
export function delayOf(plan, at) {
  const begun = plan.pieces.filter((piece) => piece.at <= at).at(-1);
  if (begun === undefined) return null;
  const sounded_s = begun.start_s + Math.min(at - begun.at, begun.duration_s);
  return Math.max(0, plan.now_s + (at - plan.told_at) - sounded_s);
}

/** Whether anything sounds at this moment. @param {Plan} plan @param {number} at */
export const isSounding = (plan, at) => plan.pieces.some((piece) => piece.at <= at && at < piece.at + piece.duration_s);
