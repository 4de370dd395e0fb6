// @ts-check
/** @import { FlagDispute } from "../wire/reviews.js" */
/** @import { Flag, Verdict } from "../wire/flags.js" */
/** @import { HeldFlag } from "../wire/records.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { actionOf, latencyOf, quoteOf, reasonsOf, stateOf } from "../flags/evidence.js";
import { acknowledgedBy } from "../flags/list.js";
import { verdictButtons, verdictBy } from "../flags/verdict.js";
import { byId, el, fill } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { agentOf, personOf, teamOf } from "../shared/names.js";
import { ask } from "../shared/server.js";
import { icon, prioritySign } from "../shared/signs.js";

/**
 * @typedef {object} FlagsView
 * @property {Words} words
 * @property {readonly Flag[]} flags
 * @property {readonly HeldFlag[]} held
 * @property {boolean} several the call was with more than one agent: each flag says with whom
 * @property {Readonly<Record<string, Key>>} notes by flag id: what went wrong with the last click
 *
 * @typedef {{asked: boolean, failed: boolean, byFlag: Map<string, FlagDispute>}} Disputes what agents dispute
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
  /** @type {Disputes} */
  const disputes = { asked: false, failed: false, byFlag: new Map() };
  const redraw = () => {
    if (drawn !== null) drawWhole(drawn, actions, disputes);
  };
  return (view) => {
    const { words, flags, held, several, notes } = view;
    const same = drawn?.words === words && drawn.flags === flags && drawn.held === held && drawn.several === several;
    if (same && drawn?.notes === notes) return;
    drawn = view;
    redraw();
    if (!disputes.asked && flags.length > 0) {
      disputes.asked = true;
      void readDisputes(flags[0].call_id, disputes).then(redraw);
    }
  };
}

/** Once a page: agents dispute after the call. @param {string} callId @param {Disputes} disputes */
async function readDisputes(callId, disputes) {
  try {
    const found = /** @type {FlagDispute[]} */ ((await ask(`/v1/flags/disputes?call_id=${encodeURIComponent(callId)}`)).disputes);
    for (const one of found) disputes.byFlag.set(one.flag_id, one);
  } catch {
    disputes.failed = true;
  }
}

/** @param {FlagsView} view @param {FlagActions} actions @param {Disputes} disputes */
function drawWhole(view, actions, disputes) {
  const focused = whereFocused();
  drawAll(view, actions, disputes);
  if (focused !== null) /** @type {HTMLElement|null} */ (document.querySelector(focused))?.focus({ preventScroll: true });
}

/** What leads to the focused flag or its button once they are drawn anew. */
function whereFocused() {
  const item = document.activeElement?.closest("#review-flags li, #review-held .trial");
  if (!item) return null;
  const act = document.activeElement?.getAttribute("data-act");
  return `#${CSS.escape(item.id)}${act ? ` [data-act="${act}"]` : ""}`;
}

/** @param {FlagsView} view @param {FlagActions} actions @param {Disputes} disputes */
function drawAll(view, actions, disputes) {
  const { words, flags, held, several } = view;
  const ordered = [...flags].sort((a, b) => a.start_s - b.start_s);
  const none = (/** @type {string} */ text) => el("li", { class: "none" }, text);
  fill(byId("review-flags"), ...(ordered.length === 0
    ? [none(words.t("review.flags.none"))]
    : [...ordered.map((flag) => flagItem(view, flag, actions, disputes.byFlag.get(flag.flag_id))), ...(disputes.failed ? [none(words.t("dispute.unread"))] : [])]));
  const good = held.filter(({ reason }) => reason === "good_news");
  const others = held.filter(({ reason }) => reason !== "good_news");
  byId("good-panel").hidden = good.length === 0;
  fill(byId("review-good"), ...good.map(({ flag }) => goodItem(words, flag, several, actions.hear)));
  fill(byId("review-held"), ...(others.length === 0
    ? [none(words.t("review.held.none"))]
    : others.map((one) => canBeTried(one, flags)
      ? trialItem(view, one.flag, actions)
      : heldItem(words, one.flag, one.reason, several, actions.hear))));
}

/** It was held since its rule is on trial, and nobody was told of it after all. @param {HeldFlag} held @param {readonly Flag[]} told */
export const canBeTried = ({ flag, reason }, told) => reason === "shadow" && told.every(({ flag_id }) => flag_id !== flag.flag_id);

/** With whom the call was then. @param {Words} words @param {Flag} flag */
function agentLine(words, flag) {
  return el("p", { class: "who-line" }, el("b", {}, agentOf(words, flag)), flag.team === "" ? null : el("span", {}, teamOf(words, flag)));
}

/** What the agent holds against it, and what was decided. @param {Words} words @param {FlagDispute} dispute */
function disputeLine(words, dispute) {
  const { ruling } = dispute;
  return el("p", { class: "remark" },
    words.t("dispute.line", { name: personOf(words, dispute.by), words: dispute.words }), " ",
    el("b", {}, ruling === null ? words.t("dispute.open") : words.name("dispute.ruling", ruling)),
    ruling !== null && ` ${words.t("dispute.settled", { name: personOf(words, dispute.decided_by ?? ""), words: dispute.decided_words ?? "" })}`);
}

/** @param {FlagsView} view @param {Flag} flag @param {FlagActions} actions @param {FlagDispute} [dispute] */
function flagItem({ words, several, notes }, flag, { hear, judge }, dispute) {
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
    dispute === undefined ? null : disputeLine(words, dispute),
    flag.flag_id in notes ? el("p", { class: "note", role: "alert" }, words.t(notes[flag.flag_id])) : null,
    latencyOf(words, flag),
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

/** With what it rests on, so that its rule can be judged before it tells anybody. @param {FlagsView} view @param {Flag} flag @param {FlagActions} actions */
function trialItem({ words, several, notes }, flag, { hear, judge }) {
  return el("li", { class: "held trial", id: `flag-${flag.flag_id}`, tabindex: "-1" },
    el("div", { class: "top" }, prioritySign(flag.priority), el("b", {}, flag.name[words.language]), hearButton(words, flag, hear)),
    several ? agentLine(words, flag) : null,
    el("p", { class: "remark" }, words.name("held", "shadow")),
    quoteOf(words, flag),
    reasonsOf(words, flag),
    verdictButtons(words, flag, judge),
    flag.verdict === null ? null : el("p", { class: "remark" }, verdictBy(words, flag)),
    flag.flag_id in notes ? el("p", { class: "note", role: "alert" }, words.t(notes[flag.flag_id])) : null,
    el("p", { class: "rule" }, words.t("flag.rule", { rule: flag.rule_id, version: flag.rule_version })));
}

/** Good news, with what it rests on and what to tell the agent. @param {Words} words @param {Flag} flag @param {boolean} several @param {(flag: Flag) => void} hear */
function goodItem(words, flag, several, hear) {
  return el("li", { class: "held good-news" },
    el("div", { class: "top" }, el("b", { class: "good" }, flag.name[words.language]), hearButton(words, flag, hear)),
    several ? agentLine(words, flag) : null,
    el("p", { class: "remark" }, flag.evidence.explanation[words.language]),
    el("p", { class: "remark" }, flag.action[words.language]));
}

/** @param {Words} words @param {Flag} flag @param {(flag: Flag) => void} hear */
function hearButton(words, flag, hear) {
  const { start_s, end_s } = flag.evidence.clip;
  const title = words.t("review.hear", { from: clock(start_s), to: clock(end_s) });
  return el("button", { type: "button", class: "hear", title, "data-act": "hear", onclick: () => hear(flag) }, icon("play"), clock(flag.start_s));
}
