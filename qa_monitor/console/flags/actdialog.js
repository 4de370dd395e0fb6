// @ts-check
/** @import { Flag, Outcome } from "../wire/flags.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
/** @import { Acts } from "./acts.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { agentOf, coachesOf } from "../shared/names.js";

/** @typedef {"snooze"|"hand_over"|"resolve"} Kind */

/** For how long a flag may be put off; the server allows no more for those of high priority. */
const MINUTES = { high: [1, 2, 5], medium: [2, 5, 15, 30], low: [2, 5, 15, 30] };
/** @type {Outcome[]} */
const OUTCOMES = ["stepped_in", "helped", "follow_up", "nothing"];

/** Can it be put off? @param {Flag} flag */
export const canSnooze = (flag) => flag.saved && isOpen(flag) && flag.care.held === null;

/** Can another coach be asked? @param {Flag} flag */
export const canHandOver = (flag) => flag.saved && (isOpen(flag) || flag.state === "acknowledged");

/** Can it be closed? What is only likely is confirmed or withdrawn in a moment. @param {Flag} flag */
export const canResolve = (flag) => flag.saved && (flag.state === "confirmed" || flag.state === "acknowledged");

/** @type {Record<Kind, (flag: Flag) => boolean>} */
const CAN = { snooze: canSnooze, hand_over: canHandOver, resolve: canResolve };
/** @type {Record<Kind, string>} */
export const ACT_KEYS = { snooze: "S", hand_over: "H", resolve: "R" };
const KINDS = /** @type {Kind[]} */ (Object.keys(ACT_KEYS));

/**
 * A small window that asks for how long, to whom, or with what outcome. Its choices have a digit each, so that two keys
 * do it; Escape leaves everything as it is.
 *
 * @param {Acts} acts
 */
export function createActDialog(acts) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("act"));
  dialog.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const choice = /** @type {HTMLElement|null} */ (dialog.querySelector(`[data-digit="${CSS.escape(event.key)}"]`));
    choice?.click();
  });
  byId("act-cancel").addEventListener("click", () => dialog.close());

  const choose = (/** @type {() => Promise<void>} */ done) => () => {
    dialog.close();
    void done();
  };
  return {
    /** @param {Kind} kind @param {Flag} flag @param {Words} words */
    open(kind, flag, words) {
      if (!CAN[kind](flag)) return;
      say(byId("act-title"), words.t(`act.${kind}.title`));
      say(byId("act-flag"), words.t("act.about", { name: flag.name[words.language], agent: agentOf(words, flag) }));
      say(byId("act-cancel"), words.t("keys.close"));
      const body = byId("act-body");
      if (kind === "snooze") fill(body, ...MINUTES[flag.priority].map((minutes, place) =>
        choice(place, words.plural("act.minutes", minutes), choose(() => acts.snooze(flag, minutes)))));
      else if (kind === "resolve") fill(body, ...OUTCOMES.map((outcome, place) =>
        choice(place, words.name("outcome", outcome), choose(() => acts.resolve(flag, outcome)))));
      else fill(body, handOverForm(words, flag, (to, word) => choose(() => acts.handOver(flag, to, word))()));
      dialog.showModal();
      /** @type {HTMLElement|null} */ (body.querySelector("button, input, select"))?.focus();
    },
  };
}

/** @param {number} place @param {string} label @param {() => void} onclick */
function choice(place, label, onclick) {
  const digit = String(place + 1);
  return el("button", { type: "button", "data-digit": digit, "aria-keyshortcuts": digit, onclick },
    el("kbd", { "aria-hidden": "true" }, digit), label);
}

/** @param {Words} words @param {Flag} flag @param {(to: string, word: string) => void} send */
function handOverForm(words, flag, send) {
  const to = whomField(words, flag);
  const word = el("input", { name: "word", maxlength: 200, autocomplete: "off" });
  const form = el("form", { class: "hand-over" },
    el("label", {}, words.t("act.to"), to),
    el("label", {}, words.t("act.word"), word),
    el("button", { type: "submit", class: "main" }, words.t("act.hand_over")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (to.value.trim() !== "") send(to.value.trim(), word.value.trim());
  });
  return form;
}

/** A list of coaches by name; where none are known, whoever is written. @param {Words} words @param {Flag} flag */
function whomField(words, flag) {
  const others = coachesOf(words).filter(({ account }) => account !== flag.care.desk);
  if (others.length === 0) return el("input", { name: "to", required: true, maxlength: 100, autocomplete: "off" });
  const choose = el("option", { value: "" }, words.t("act.to.choose"));
  return el("select", { name: "to", required: true }, choose, ...others.map(({ account, name }) => el("option", { value: account }, name)));
}

/**
 * One button for each of what can be done with this flag now.
 *
 * @param {Words} words
 * @param {Flag} flag
 * @param {(kind: Kind, flag: Flag) => void} begin
 */
export function actButtons(words, flag, begin) {
  const possible = KINDS.filter((kind) => CAN[kind](flag));
  if (possible.length === 0) return null;
  return el("div", { class: "later", role: "group", "aria-label": words.t("act.label") }, ...possible.map((kind) => {
    const key = ACT_KEYS[kind];
    const title = `${words.t(/** @type {Key} */ (`act.${kind}.title`))} (${key})`;
    return el("button", { type: "button", "data-act": kind, title, "aria-keyshortcuts": key, onclick: () => begin(kind, flag) },
      words.t(/** @type {Key} */ (`act.${kind}`)), el("kbd", { "aria-hidden": "true" }, key));
  }));
}

/** @param {Flag} flag */
const isOpen = (flag) => flag.state === "raised" || flag.state === "confirmed";
