// @ts-check
/** @import { Gap, Peaks } from "../wire/calls.js" */
/** @import { Flag } from "../wire/flags.js" */
/**
 * @typedef {object} WaveView
 * @property {Peaks} peaks
 * @property {readonly string[]} speakers who is on each channel
 * @property {readonly Flag[]} flags
 * @property {readonly Gap[]} gaps
 * @property {number} duration_s
 * @property {number} at_s what is before it is drawn stronger
 */

const LOUDEST = 127;
const FULL = 0.92;
const MOST_GAIN = 8;

/**
 * The loudest and quietest sample of each pixel column, from the pairs the server made. Pure.
 *
 * @param {readonly number[]} pairs min, max, min, max, …
 * @param {number} columns
 * @param {number} shown how many pairs the whole width stands for
 * @returns {[number, number][]} between -1 and 1
 */
export function columnsOf(pairs, columns, shown) {
  /** @type {[number, number][]} */
  const result = [];
  for (let column = 0; column < columns; column += 1) {
    const from = Math.floor((column / columns) * shown);
    const to = Math.max(from + 1, Math.floor(((column + 1) / columns) * shown));
    let low = 0;
    let high = 0;
    for (let pair = from; pair < to && pair * 2 + 1 < pairs.length; pair += 1) {
      low = Math.min(low, pairs[pair * 2]);
      high = Math.max(high, pairs[pair * 2 + 1]);
    }
    result.push([low / LOUDEST, high / LOUDEST]);
  }
  return result;
}

/**
 * How much larger to draw, so that the loudest of the recording fills its lane: telephone speech is quiet. The same
 * for all channels, so that they can be compared. Pure.
 *
 * @param {readonly (readonly number[])[]} channels pairs per channel
 */
export function gainOf(channels) {
  let loudest = 1;
  for (const pairs of channels) for (const value of pairs) loudest = Math.max(loudest, Math.abs(value));
  return Math.max(1, Math.min(MOST_GAIN, (FULL * LOUDEST) / loudest));
}

/**
 * Draw one lane per channel, in the colours of the style sheet.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {WaveView} view
 */
export function drawWaveform(canvas, view) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser cannot draw on a canvas");
  const ratio = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const x = (/** @type {number} */ at_s) => (at_s / Math.max(0.001, view.duration_s)) * width;

  drawSpans(context, view, { x, height, colour });
  const lane = height / Math.max(1, view.peaks.channels.length);
  const gain = gainOf(view.peaks.channels);
  view.peaks.channels.forEach((pairs, channel) => {
    const base = view.speakers[channel] === "customer" ? "--customer" : "--agent";
    drawLane(context, columnsOf(pairs, Math.floor(width), view.peaks.per_second * view.duration_s), {
      middle: lane * (channel + 0.5),
      reach: lane * 0.5 * gain,
      playedTo: x(view.at_s),
      played: colour(base),
      ahead: colour(`${base}-soft`),
    });
  });
  drawGaps(context, view.gaps, { x, lane, colour });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {WaveView} view
 * @param {{x: (at_s: number) => number, height: number, colour: (name: string) => string}} tools
 */
function drawSpans(context, view, { x, height, colour }) {
  for (const flag of view.flags) {
    context.fillStyle = colour(`--${flag.priority}-wash`);
    context.fillRect(x(flag.start_s), 0, Math.max(3, x(flag.end_s) - x(flag.start_s)), height);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number][]} columns
 * @param {{middle: number, reach: number, playedTo: number, played: string, ahead: string}} lane
 */
function drawLane(context, columns, lane) {
  columns.forEach(([low, high], column) => {
    context.fillStyle = column < lane.playedTo ? lane.played : lane.ahead;
    const top = lane.middle - high * lane.reach;
    context.fillRect(column, top, 1, Math.max(1, (high - low) * lane.reach));
  });
}

/**
 * Missing audio is hatched: it is not silence.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Gap[]} gaps
 * @param {{x: (at_s: number) => number, lane: number, colour: (name: string) => string}} tools
 */
function drawGaps(context, gaps, { x, lane, colour }) {
  context.strokeStyle = colour("--muted");
  context.lineWidth = 1;
  for (const gap of gaps) {
    const [left, right] = [x(gap.start_s), x(gap.start_s + gap.duration_s)];
    const top = lane * gap.channel + 4;
    context.save();
    context.beginPath();
    context.rect(left, top, Math.max(2, right - left), lane - 8);
    context.clip();
    context.beginPath();
    for (let at = left - lane; at < right + lane; at += 6) {
      context.moveTo(at, top + lane);
      context.lineTo(at + lane, top);
    }
    context.stroke();
    context.restore();
  }
}
