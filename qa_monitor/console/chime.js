// @ts-check
/**
 * A soft two-tone sound for high priority flags. Silent until someone switches it on with a click, as browsers ask.
 *
 * @typedef {{isOn: () => boolean, toggle: () => void, ring: () => void}} Chime
 */

const TONES = [
  { hertz: 587.33, start_s: 0 },
  { hertz: 783.99, start_s: 0.16 },
];
const LENGTH_S = 0.5;
const LOUDNESS = 0.12;

/** @returns {Chime} */
export function createChime() {
  /** @type {AudioContext|null} */
  let context = null;
  const ring = () => {
    if (context === null) return;
    for (const tone of TONES) play(context, tone.hertz, context.currentTime + tone.start_s);
  };
  return {
    isOn: () => context !== null,
    ring,
    toggle: () => {
      if (context === null) {
        context = new AudioContext();
        ring(); // so that the person hears what they switched on
      } else {
        void context.close();
        context = null;
      }
    },
  };
}

/** @param {AudioContext} context @param {number} hertz @param {number} start_s */
function play(context, hertz, start_s) {
  const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start_s);
  gain.gain.linearRampToValueAtTime(LOUDNESS, start_s + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, start_s + LENGTH_S);
  tone.connect(gain).connect(context.destination);
  tone.start(start_s);
  tone.stop(start_s + LENGTH_S);
}
