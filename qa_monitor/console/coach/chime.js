// @ts-check
/** @import { Priority } from "../wire/flags.js" */
import { recall, remember } from "../shared/page.js";

/**
 * A soft two-tone sound for flags, those of high priority unless somebody wants more. Silent until someone switches it
 * on with a click, as browsers ask; what they chose is kept in this browser, and sounds again after the next click.
 *
 * @typedef {{on: boolean, volume: number, priorities: Priority[]}} Sound `volume` from 0 to 1
 *
 * @typedef {object} Chime
 * @property {() => Sound} sound what was chosen
 * @property {() => boolean} waits it is on, and the browser wants a click first
 * @property {() => void} toggle
 * @property {() => void} allow to be called from a click or a key
 * @property {(changes: Partial<Sound>) => void} change
 * @property {(priorities: readonly Priority[]) => void} ring once, where one of these is to be heard
 */

const SAVED = "qa-monitor.sound";
const TONES = [
  { hertz: 587.33, start_s: 0 },
  { hertz: 783.99, start_s: 0.16 },
];
const LENGTH_S = 0.5;
/** At full volume. */
const LOUDNESS = 0.24;
/** @type {readonly Priority[]} */
const PRIORITIES = ["high", "medium", "low"];
const USUAL = Object.freeze(/** @type {Sound} */ ({ on: false, volume: 0.5, priorities: ["high"] }));

/**
 * What was kept, and what is usual in place of what cannot be read. Pure.
 *
 * @param {string|null} kept
 * @returns {Sound}
 */
export function readSound(kept) {
  /** @type {any} */
  let found;
  try {
    found = JSON.parse(kept ?? "null");
  } catch {
    found = null; // written by hand, or by another release
  }
  const volume = Number(found?.volume ?? USUAL.volume);
  return {
    on: found?.on === true,
    volume: volume >= 0 && volume <= 1 ? volume : USUAL.volume,
    priorities: Array.isArray(found?.priorities) ? PRIORITIES.filter((one) => found.priorities.includes(one)) : [...USUAL.priorities],
  };
}

/** @returns {Chime} */
export function createChime() {
  let sound = readSound(recall(SAVED));
  /** @type {AudioContext|null} */
  let context = null;
  const change = (/** @type {Partial<Sound>} */ changes) => {
    sound = { ...sound, ...changes };
    remember(SAVED, JSON.stringify(sound));
  };
  const tell = () => {
    if (context === null) return;
    for (const tone of TONES) play(context, tone.hertz, context.currentTime + tone.start_s, sound.volume);
  };
  const allow = () => {
    if (sound.on) context ??= new AudioContext();
  };
  return {
    sound: () => sound,
    waits: () => sound.on && context === null,
    allow,
    change,
    ring: (priorities) => {
      if (priorities.some((one) => sound.priorities.includes(one))) tell();
    },
    toggle: () => {
      change({ on: !sound.on || context === null });
      if (sound.on) {
        allow();
        tell(); // so that the person hears what they switched on
      } else {
        void context?.close();
        context = null;
      }
    },
  };
}

/** @param {AudioContext} context @param {number} hertz @param {number} start_s @param {number} volume */
function play(context, hertz, start_s, volume) {
  if (volume === 0) return;
  const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start_s);
  gain.gain.linearRampToValueAtTime(LOUDNESS * volume, start_s + 0.02);
  gain.gain.exponentialRampToValueAtTime(LOUDNESS * volume * 0.01, start_s + LENGTH_S);
  tone.connect(gain).connect(context.destination);
  tone.start(start_s);
  tone.stop(start_s + LENGTH_S);
}
