// @ts-check
/** @import { Call } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
/** @import { ListenState } from "./listen.js" */
import { byId, say } from "../shared/dom.js";
import { seconds } from "../shared/format.js";
import { createListening } from "./listen.js";

/**
 * The line of the call pane with which a coach listens in, and reads how far behind the call it is.
 *
 * @typedef {object} ListenLine
 * @property {() => void} toggle
 * @property {() => void} stop
 * @property {(words: Words, call: Call) => void} draw
 */

/**
 * @param {() => void} onChange
 * @returns {ListenLine}
 */
export function createListenLine(onChange) {
  const listening = createListening(onChange);
  /** @type {Call|null} */
  let shown = null;
  const toggle = () => {
    if (listening.isOn()) listening.stop();
    else if (shown?.state === "live") listening.start(shown.call_id);
  };
  byId("pane-listen").addEventListener("click", toggle);
  return {
    toggle,
    stop: () => {
      shown = null;
      listening.stop();
    },
    draw: (words, call) => {
      if (shown !== null && shown.call_id !== call.call_id) listening.stop();
      shown = call;
      const button = byId("pane-listen");
      const live = call.state === "live" || listening.isOn();
      button.hidden = !live;
      say(button, words.t(listening.isOn() ? "listen.stop" : "listen.start"));
      button.setAttribute("aria-pressed", String(listening.isOn()));
      say(byId("pane-listen-words"), stateWords(words, listening.state(), call));
      say(byId("pane-listen-delay"), delayWords(words, listening.delay_s()));
      byId("pane-listen-line").hidden = !live && listening.state() === "off";
    },
  };
}

/** While a call is only recorded nothing of it is let through. @param {Words} words @param {ListenState} state @param {Call} call */
function stateWords(words, state, call) {
  if (state === "off") return "";
  const recorded = call.state === "live" && call.blind === "later" && ["waiting", "on", "held"].includes(state);
  return recorded ? words.t("listen.recorded") : words.name("listen.state", state);
}

/** @param {Words} words @param {number|null} delay_s */
const delayWords = (words, delay_s) =>
  delay_s === null ? "" : words.t("listen.delay", { s: seconds(words.language, Math.round(delay_s)) });
