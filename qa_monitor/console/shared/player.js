// @ts-check
/**
 * Plays the seconds behind a flag, one clip at a time: customer on the left, agent on the right.
 *
 * @typedef {object} ClipState
 * @property {string|null} key whose clip it is
 * @property {"idle"|"playing"|"failed"} phase
 * @property {number} at_s seconds played
 * @property {number|null} length_s seconds there are; null until that is known
 *
 * @typedef {{state: () => ClipState, toggle: (key: string, url: string) => void, stop: () => void}} ClipPlayer
 */

/** @type {Readonly<ClipState>} */
const IDLE = Object.freeze({ key: null, phase: "idle", at_s: 0, length_s: null });

/**
 * @param {() => void} onChange called whenever `state()` has changed
 * @returns {ClipPlayer}
 */
export function createPlayer(onChange) {
  const audio = new Audio();
  /** @type {ClipState} */
  let state = IDLE;
  const become = (/** @type {ClipState} */ next) => {
    state = next;
    onChange();
  };
  const stop = () => {
    audio.pause();
    become(IDLE);
  };
  const fail = () => {
    if (state.phase === "playing") become({ ...state, phase: "failed" });
  };
  audio.addEventListener("ended", stop);
  audio.addEventListener("error", fail);
  audio.addEventListener("loadedmetadata", () => {
    if (state.phase === "playing") become({ ...state, length_s: audio.duration });
  });
  audio.addEventListener("timeupdate", () => {
    if (state.phase === "playing") become({ ...state, at_s: audio.currentTime });
  });
  return {
    state: () => state,
    stop,
    toggle: (key, url) => {
      if (state.key === key && state.phase === "playing") return stop();
      audio.src = url;
      become({ key, phase: "playing", at_s: 0, length_s: null });
      // a refused start and a broken source both end here; an ordinary stop aborts the promise and is no failure
      audio.play().catch((error) => error.name !== "AbortError" && fail());
    },
  };
}
