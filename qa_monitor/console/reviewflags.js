// @ts-check
/** @import { Flag, HeldFlag, Verdict } from "./types.js" */
/** @import { Key, Words } from "./i18n.js" */
import { byId, el, fill } from "./dom.js";
import { actionOf, agentOf, latencyOf, quoteOf, reasonsOf, stateOf } from "./evidence.js";
import { acknowledgedBy } from "./flaglist.js";
import { clock } from "./format.js";
import { icon, prioritySign } from "./signs.js";
import { verdictButtons, verdictBy } from "./verdict.js";

/**
 * @typedef {object} FlagsView
 * @property {Words} words
 * @property {readonly Flag[]} flags
 * @property {readonly HeldFlag[]} held
 * @property {boolean} several the call was with more than one agent: each flag says with whom
 * @property {Readonly<Record<string, Key>>} notes by flag id: what went wrong with the last click
 *
 * @typedef {object} FlagActions
 * @property {(flag: Flag) => void} hear play the seconds behind it
 * @property {(flag: Flag, verdict: Verdict) => void} judge
 */

/**
 * The flags of a call with their evidence, and those nobody was told about with the reason. Drawn again only when they
 * or the language change, so that the focus stays.
 *
 * @param {FlagActions} actions
 * @returns {(view: FlagsView) => void}
 */
export function createReviewFlags(actions) {
  /** @type {FlagsView|null} */
  let drawn = null;
  return (view) => {
    const { words, flags, held, several, notes } = view;
    const same = drawn?.words === words && drawn.flags === flags && drawn.held === held && drawn.several === several;
    if (same && drawn?.notes === notes) return;
    drawn = view;
    const focused = whereFocused();
    drawAll(view, actions);
    if (focused !== null) /** @type {HTMLElement|null} */ (document.querySelector(focused))?.focus({ preventScroll: true });
  };
}

/** What leads to the focused flag or its button once they are drawn anew. */
function whereFocused() {
  const item = document.activeElement?.closest("#review-flags li");
  if (!item) return null;
  const act = document.activeElement?.getAttribute("data-act");
  return `#${CSS.escape(item.id)}${act ? ` [data-act="${act}"]` : ""}`;
}

/** @param {FlagsView} view @param {FlagActions} actions */
function drawAll(view, actions) {
  const { words, flags, held, several } = view;
  const ordered = [...flags].sort((a, b) => a.start_s - b.start_s);
  const none = (/** @type {string} */ text) => el("li", { class: "none" }, text);
  fill(byId("review-flags"), ...(ordered.length === 0
    ? [none(words.t("review.flags.none"))]
    : ordered.map((flag) => flagItem(view, flag, actions))));
  fill(byId("review-held"), ...(held.length === 0
    ? [none(words.t("review.held.none"))]
    : held.map(({ flag, reason }) => heldItem(words, flag, reason, several, actions.hear))));
}

/** With whom the call was then. @param {Words} words @param {Flag} flag */
function agentLine(words, flag) {
  return el("p", { class: "who-line" }, el("b", {}, agentOf(words, flag)), flag.team === "" ? null : el("span", {}, flag.team));
}

/** @param {FlagsView} view @param {Flag} flag @param {FlagActions} actions */
function flagItem({ words, several, notes }, flag, { hear, judge }) {
  return el("li", { class: `flag ${flag.priority} ${flag.state}`, id: `flag-${flag.flag_id}`, tabindex: "-1" },
    el("div", { class: "top" },
      prioritySign(flag.priority),
      el("h3", { class: "name" }, flag.name[words.language]),
      el("span", { class: "priority" }, words.name("priority", flag.priority)),
      stateOf(words, flag),
      flag.saved ? null : el("span", { class: "state unsaved" }, words.t("flag.unsaved")),
      hearButton(words, flag, hear)),
    several ? agentLine(words, flag) : null,
    quoteOf(words, flag),
    reasonsOf(words, flag),
    flag.state === "withdrawn" ? null : actionOf(words, flag),
    flag.state === "acknowledged" ? el("p", { class: "remark" }, acknowledgedBy(words, flag)) : null,
    verdictButtons(words, flag, judge),
    flag.verdict === null ? null : el("p", { class: "remark" }, verdictBy(words, flag)),
    flag.flag_id in notes ? el("p", { class: "note", role: "alert" }, words.t(notes[flag.flag_id])) : null,
    latencyOf(words, flag.latency),
    el("p", { class: "rule" }, words.t("flag.rule", { rule: flag.rule_id, version: flag.rule_version })));
}

/** @param {Words} words @param {Flag} flag @param {string} reason @param {boolean} several @param {(flag: Flag) => void} hear */
function heldItem(words, flag, reason, several, hear) {
  return el("li", { class: "held" },
    el("div", { class: "top" },
      prioritySign(flag.priority),
      el("b", {}, flag.name[words.language]),
      hearButton(words, flag, hear)),
    several ? agentLine(words, flag) : null,
    el("p", { class: "remark" }, words.name("held", reason)));
}

/** @param {Words} words @param {Flag} flag @param {(flag: Flag) => void} hear */
function hearButton(words, flag, hear) {
  const { start_s, end_s } = flag.evidence.clip;
  const title = words.t("review.hear", { from: clock(start_s), to: clock(end_s) });
  return el("button", { type: "button", class: "hear", title, "data-act": "hear", onclick: () => hear(flag) }, icon("play"), clock(flag.start_s));
}
