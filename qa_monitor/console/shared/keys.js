// @ts-check
import { byId } from "./dom.js";
import { recall, remember } from "./page.js";

const SAVED = "qa-monitor.keys";
const TYPING = "input, select, textarea, [contenteditable]";
const OWN_KEYS = "a, button, summary, input, select, textarea";

/**
 * Single-key shortcuts, off while typing, and off altogether for people who say so in the help. `?` shows the help.
 *
 * @param {Record<string, () => void>} shortcuts by `KeyboardEvent.key`, letters in lower case
 */
export function listenToKeys(shortcuts) {
  const help = /** @type {HTMLDialogElement} */ (byId("help"));
  const enabled = /** @type {HTMLInputElement} */ (byId("keys-enabled"));
  enabled.checked = recall(SAVED) !== "off";
  enabled.addEventListener("change", () => remember(SAVED, enabled.checked ? "on" : "off"));
  byId("help-open").addEventListener("click", () => help.showModal());
  byId("help-close").addEventListener("click", () => help.close());
  document.addEventListener("keydown", (event) => {
    if (!enabled.checked || document.querySelector("dialog[open]") !== null || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = key === "?" ? () => help.showModal() : shortcuts[key];
    if (!action || hasOwnUse(event.target, key)) return;
    event.preventDefault();
    action();
  });
}

/** Does the focused element use this key itself? @param {EventTarget|null} target @param {string} key */
function hasOwnUse(target, key) {
  if (!(target instanceof Element)) return false;
  const pressed = key === "Enter" || key === " ";
  return target.matches(pressed ? OWN_KEYS : TYPING);
}
