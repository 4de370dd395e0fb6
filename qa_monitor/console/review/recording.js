// @ts-check
/** @import { Words } from "../shared/i18n.js" */
import { byId, fill, say } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { icon } from "../shared/signs.js";

const JUMP_S = 5;

/**
 * @typedef {object} Recording
 * @property {(url: string) => void} load the recording, or what there is of it by now; the position stays
 * @property {() => boolean} playing
 * @property {() => number} at where the playhead is
 * @property {(at_s: number) => void} seek
 * @property {(at_s: number) => void} playFrom
 * @property {(from_s: number, to_s: number) => void} hear play these seconds, then stop
 * @property {() => void} toggle
 * @property {(by_s: number) => void} jump
 * @property {(words: Words, duration_s: number) => void} draw
 */

/**
 * The whole call, with its buttons. Works without a recording too: the position still moves through the transcript.
 *
 * @param {HTMLAudioElement} audio
 * @param {(at_s: number, playing: boolean) => void} onMove
 * @returns {Recording}
 */
export function createRecording(audio, onMove) {
  const toggleButton = byId("toggle");
  const speed = /** @type {HTMLSelectElement} */ (byId("speed"));
  let until_s = Infinity;
  let at_s = 0;
  let duration_s = 0;
  /** @type {Words|null} */
  let words = null;

  const show = () => {
    if (audio.readyState > 0 && !audio.seeking) at_s = audio.currentTime;
    if (at_s >= until_s) audio.pause();
    say(byId("position"), `${clock(at_s)} / ${clock(duration_s)}`);
    onMove(at_s, !audio.paused);
  };
  // without a recording there is nothing to play, at any speed
  const silent = () => byId("controls").classList.toggle("silent", !audio.hasAttribute("src"));
  const showButton = () => {
    if (words === null) return;
    const text = words.t(audio.paused ? "review.play" : "review.pause");
    fill(toggleButton, icon(audio.paused ? "play" : "stop"), text);
  };
  const run = () => {
    show();
    if (!audio.paused) requestAnimationFrame(run);
  };
  const seek = (/** @type {number} */ to_s) => {
    at_s = Math.max(0, Math.min(duration_s, to_s));
    until_s = Infinity;
    if (audio.readyState > 0) audio.currentTime = at_s;
    show();
  };
  const start = () => {
    if (!audio.hasAttribute("src")) return; // no recording is kept: the position moves, nothing plays
    // the browser says why on the element itself; the page already says when no recording is kept
    audio.play().catch(() => showButton());
  };
  const toggle = () => {
    until_s = Infinity;
    if (audio.paused) start();
    else audio.pause();
  };
  audio.addEventListener("loadedmetadata", () => {
    if (at_s > 0) audio.currentTime = at_s;
  });
  audio.addEventListener("play", () => (showButton(), run()));
  audio.addEventListener("pause", () => (showButton(), show()));
  audio.addEventListener("seeked", show);
  toggleButton.addEventListener("click", toggle);
  byId("back").addEventListener("click", () => seek(at_s - JUMP_S));
  byId("on").addEventListener("click", () => seek(at_s + JUMP_S));
  speed.addEventListener("change", () => {
    audio.playbackRate = Number(speed.value);
  });
  return {
    load: (url) => {
      if (audio.getAttribute("src") === url) return;
      const going = !audio.paused;
      audio.src = url;
      silent();
      audio.playbackRate = Number(speed.value); // a new source forgets it
      if (going) start();
    },
    playing: () => !audio.paused,
    at: () => at_s,
    seek,
    toggle,
    jump: (by_s) => seek(at_s + by_s),
    playFrom: (from_s) => {
      seek(from_s);
      if (audio.paused) start();
    },
    hear: (from_s, to_s) => {
      seek(from_s);
      until_s = to_s;
      start();
    },
    draw: (next, length_s) => {
      words = next;
      duration_s = length_s;
      silent();
      showButton();
      show();
    },
  };
}
