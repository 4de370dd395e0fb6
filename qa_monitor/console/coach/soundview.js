// @ts-check
/** @import { Chime } from "./chime.js" */
/** @import { Priority } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, say } from "../shared/dom.js";

/** The button in the header, and the choices in the help. */

/** @param {Chime} chime @param {() => void} onChange @returns {(words: Words) => void} draws them */
export function createSoundView(chime, onChange) {
  const button = byId("sound");
  const volume = /** @type {HTMLInputElement} */ (byId("sound-volume"));
  const boxes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[name=sound-priority]")]);
  const allow = (/** @type {Event} */ event) => {
    if (!chime.waits() || (event.target instanceof Node && button.contains(event.target))) return;
    chime.allow();
    onChange();
  };

  button.addEventListener("click", () => {
    chime.toggle();
    onChange();
  });
  volume.value = String(chime.sound().volume);
  volume.addEventListener("change", () => {
    chime.change({ volume: Number(volume.value) });
    chime.ring(chime.sound().priorities); // so that one hears how loud it is
  });
  for (const box of boxes) {
    box.checked = chime.sound().priorities.includes(/** @type {Priority} */ (box.value));
    box.addEventListener("change", () =>
      chime.change({ priorities: /** @type {Priority[]} */ (boxes.filter((one) => one.checked).map((one) => one.value)) }));
  }
  document.addEventListener("click", allow);
  document.addEventListener("keydown", allow);
  return (words) => {
    const { on } = chime.sound();
    say(button, words.t(chime.waits() ? "sound.waits" : on ? "sound.on" : "sound.off"));
    button.setAttribute("aria-pressed", String(on && !chime.waits()));
  };
}
