// @ts-check
/** @import { Call } from "../wire/calls.js" */
/** @import { Flag, Verdict } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
/** @import { ClipState } from "../shared/player.js" */
/** @import { Kind } from "./actdialog.js" */
import { askedAt_ms, escalationOf, handedOf, isEscalated } from "../feed/care.js";
import { clipWait_s, isHandled, isOpen } from "../feed/standing.js";
import { el, fill, say } from "../shared/dom.js";
import { age, clock } from "../shared/format.js";
import { agentOf, teamOf } from "../shared/names.js";
import { icon, prioritySign } from "../shared/signs.js";
import { actButtons } from "./actdialog.js";
import { actionOf, latencyOf, quoteOf, reasonsOf, stateOf } from "./evidence.js";
import { verdictButtons } from "./verdict.js";

/**
 * @typedef {object} Actions
 * @property {(flag: Flag) => void} play
 * @property {(flag: Flag) => void} settle acknowledge it; a withdrawn one is noted
 * @property {(flag: Flag, verdict: Verdict) => void} judge say what it was worth; an open one is acknowledged with it
 * @property {(kind: Kind, flag: Flag) => void} begin ask how to put it off, hand it over or close it
 * @property {(flag: Flag) => void} open
 *
 * @typedef {object} CardView
 * @property {Flag} flag
 * @property {Words} words
 * @property {Call|undefined} call
 * @property {number} now_ms by the server's clock
 * @property {ClipState} clip
 * @property {boolean} over the call has ended: nothing can be done on it any more
 * @property {string|null} note what went wrong with the last click, in words
 *
 * @typedef {{element: HTMLLIElement, update: (view: CardView) => void}} Card
 */

/**
 * One flag on the coach page. Its content is built again only when the flag or the language changes, with the same
 * lines in every state; the seconds that run are rewritten in place. So nothing jumps, and the keyboard stays put.
 *
 * @param {Actions} actions
 * @returns {Card}
 */
export function createCard(actions) {
  const element = el("li", { tabindex: "-1" });
  const running = {
    ago: el("span", { class: "ago" }),
    deadline: el("span", { class: "deadline" }),
    bar: el("div", { class: "bar-left" }),
    play: el("button", { type: "button", class: "play", "data-act": "play" }),
    note: el("p", { class: "note", role: "alert" }),
  };
  /** @type {CardView|null} */
  let drawn = null;
  running.play.addEventListener("click", () => drawn && actions.play(drawn.flag));

  const update = (/** @type {CardView} */ view) => {
    const stale = drawn?.flag !== view.flag || drawn.words !== view.words;
    drawn = view; // first: giving the focus back draws the list once more
    if (stale) build(element, view, running, actions);
    tick(element, view, running);
  };
  return { element, update };
}

/** @typedef {{ago: HTMLElement, deadline: HTMLElement, bar: HTMLElement, play: HTMLElement, note: HTMLElement}} Running */

/** @param {HTMLLIElement} element @param {CardView} view @param {Running} running @param {Actions} actions */
function build(element, view, running, actions) {
  const { flag, words } = view;
  const focused = document.activeElement?.getAttribute("data-act");
  const within = element.contains(document.activeElement);
  element.className = `flag ${flag.priority} ${flag.state}${isOpen(flag) && isEscalated(flag) ? " pressed" : ""}`;
  element.dataset.flagId = flag.flag_id;
  fill(
    element,
    el("div", { class: "top" },
      prioritySign(flag.priority),
      el("h3", { class: "name" }, flag.name[words.language]),
      el("span", { class: "priority" }, words.name("priority", flag.priority)),
      stateOf(words, flag),
      escalationOf(words, flag),
      flag.saved ? null : el("span", { class: "state unsaved" }, words.t("flag.unsaved")),
      isOpen(flag) ? running.deadline : null),
    el("p", { class: "who-line" },
      el("b", {}, agentOf(words, flag)), flag.team === "" ? null : el("span", {}, teamOf(words, flag)),
      flag.language === null ? null : el("span", {}, flag.language.toUpperCase()),
      el("span", {}, words.t("flag.at", { clock: clock(flag.start_s) })), running.ago),
    handedOf(words, flag),
    quoteOf(words, flag),
    reasonsOf(words, flag),
    actionOf(words, flag),
    el("div", { class: "acts" },
      settleButton(view, actions), running.play, openButton(view, actions), actButtons(words, flag, actions.begin)),
    el("div", { class: "words" }, verdictButtons(words, flag, actions.judge), latencyOf(words, flag)),
    running.note,
    isOpen(flag) ? el("div", { class: "bar-line" }, running.bar) : null, // out of the flow: takes no room
  );
  if (within) /** @type {HTMLElement} */ (element.querySelector(`[data-act="${focused}"]`) ?? element).focus();
}

/** @param {CardView} view @param {Actions} actions */
function settleButton({ flag, words }, actions) {
  if (isHandled(flag)) return null;
  const key = isOpen(flag) ? "flag.acknowledge" : "flag.dismiss";
  return el(
    "button",
    { type: "button", class: isOpen(flag) ? "main" : "", "data-act": "settle", title: words.t(`${key}.title`),
      onclick: () => actions.settle(flag) },
    icon("check"), words.t(key),
  );
}

/** @param {CardView} view @param {Actions} actions */
function openButton({ flag, words }, actions) {
  return el(
    "button",
    { type: "button", "data-act": "open", title: words.t("flag.open.title"), onclick: () => actions.open(flag) },
    icon("open"), words.t("flag.open"),
  );
}

/** Rewrite what changes with time. @param {HTMLLIElement} element @param {CardView} view @param {Running} running */
function tick(element, view, running) {
  const { flag, words, now_ms, over } = view;
  const raised_ms = flag.raised_at === null ? now_ms : Date.parse(flag.raised_at);
  const waited_s = Math.max(0, (now_ms - raised_ms) / 1000);
  const left_s = flag.deadline_s - Math.max(0, (now_ms - (askedAt_ms(flag) ?? now_ms)) / 1000);
  say(running.ago, words.t("flag.ago", { age: age(waited_s) }));
  if (over) say(running.deadline, words.t("flag.over"));
  else if (left_s >= 0) say(running.deadline, words.t("flag.act_within", { clock: clock(left_s) }));
  else say(running.deadline, words.t("flag.overdue", { clock: clock(-left_s) }));
  running.deadline.classList.toggle("overdue", over || left_s < 0);
  element.classList.toggle("over", over);
  running.bar.style.width = over ? "0" : `${Math.max(0, Math.min(1, left_s / flag.deadline_s)) * 100}%`;
  say(running.note, view.note ?? clipNote(view));
  drawPlay(view, running.play);
}

/**
 * What is wrong with the clip, in words. During a call its last seconds may be missing: audio is kept a little later
 * than it is heard, once it is known to hold no card number.
 *
 * @param {CardView} view
 */
function clipNote({ flag, words, clip, over }) {
  if (clip.key !== flag.flag_id) return "";
  if (clip.phase === "failed") return words.t("flag.play_failed");
  if (over || clip.length_s === null) return "";
  const missing_s = flag.evidence.clip.end_s - flag.evidence.clip.start_s - clip.length_s;
  return missing_s >= 1 ? words.t("flag.play_short", { s: age(missing_s) }) : "";
}

/** @param {CardView} view @param {HTMLElement} button */
function drawPlay(view, button) {
  const { flag, words, clip } = view;
  const wait_s = clipWait_s(flag, view.call, view.now_ms);
  const here = clip.key === flag.flag_id && clip.phase === "playing";
  const missing = flag.evidence.clip.url === null;
  const off = !here && (missing || wait_s > 0);
  let label = words.t("flag.play");
  if (here) label = words.t("flag.stop", { clock: clock(clip.at_s) });
  else if (!missing && wait_s > 0) label = words.t("flag.play_wait", { s: age(Math.ceil(wait_s)) });
  const why = missing ? "flag.play_none.title" : wait_s > 0 ? "flag.play_wait.title" : "flag.play.title";
  button.setAttribute("aria-disabled", String(off));
  button.title = words.t(why);
  if (button.textContent !== label || button.dataset.here !== String(here)) {
    fill(button, icon(here ? "stop" : "play"), label);
    button.dataset.here = String(here);
  }
}
