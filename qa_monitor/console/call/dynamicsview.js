// @ts-check
/** @import { Dynamics } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { seconds, share } from "../shared/format.js";

/**
 * How the conversation flows, as neutral facts.
 *
 * @param {Words} words
 * @param {Dynamics} dynamics
 * @param {boolean} live also what lasts at this moment
 */
export function drawDynamics(words, dynamics, live) {
  const s = (/** @type {number} */ value) => seconds(words.language, value);
  /** @type {[string, string][]} */
  const now = [
    [words.t("dynamics.silence"), s(dynamics.silence_s)],
    [words.t("dynamics.talk_over"), s(dynamics.talk_over_s)],
  ];
  if (dynamics.hold_since_s !== null) now.push([words.t("dynamics.hold"), s(dynamics.hold_s)]);
  /** @type {[string, string][]} */
  const total = [
    [words.t("dynamics.silence_total"), s(dynamics.silence_total_s)],
    [words.t("dynamics.talk_over_total"), s(dynamics.talk_over_total_s)],
  ];
  if (dynamics.hold_total_s > 0) total.push([words.t("dynamics.hold_total"), s(dynamics.hold_total_s)]);
  const facts = [...(live ? now : []), ...total].map(([name, value]) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, value)));
  return el("div", { class: "dynamics" },
    el("dl", { class: "facts" }, ...facts, shareFact(words, dynamics)),
    ...remarksOf(words, dynamics, live).map((remark) => el("p", { class: "remark" }, remark)));
}

/** What the figures alone do not say. @param {Words} words @param {Dynamics} dynamics @param {boolean} live */
function remarksOf(words, dynamics, live) {
  const { customer = 0, agent = 0 } = dynamics.interruptions;
  const second = live && dynamics.talk_over_s > 0 ? dynamics.interrupter : null;
  return [
    live && dynamics.hold_cause !== null ? words.name("hold", dynamics.hold_cause) : "",
    second !== null ? words.t("dynamics.interrupter", { speaker: words.name("speaker", second) }) : "",
    customer + agent > 0 ? words.t("dynamics.interruptions", { customer, agent }) : "",
    dynamics.speakers_known ? "" : words.t("dynamics.unknown"),
  ].filter((remark) => remark !== "");
}

/** Who has talked how much, as a divided bar with its figures. @param {Words} words @param {Dynamics} dynamics */
function shareFact(words, dynamics) {
  const { customer = 0, agent = 0 } = dynamics.talk_share;
  if (customer + agent === 0) return null;
  const left = el("span", { class: "customer" });
  left.style.width = `${(customer / (customer + agent)) * 100}%`;
  const text = words.t("dynamics.share.title", {
    customer: share(words.language, customer),
    agent: share(words.language, agent),
  });
  return el("div", { class: "share" },
    el("dt", {}, words.t("dynamics.share")),
    el("dd", {}, el("span", { class: "share-bar", "aria-hidden": "true" }, left), text));
}
