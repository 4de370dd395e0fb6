// @ts-check
/** @import { Flag, Outcome, Verdict } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
import { nameOf } from "../feed/care.js";
import { byId, el, fill, say } from "../shared/dom.js";
import { timeOfDay } from "../shared/format.js";
import { agentOf } from "../shared/names.js";
import { RequestFailed, ask } from "../shared/server.js";

/** For so long the last thing done can be taken back; the server allows a little more. */
export const UNDO_MS = 10_000;

/**
 * @typedef {"acknowledge"|"verdict"|"snooze"|"hand-over"|"resolve"} Verb
 * @typedef {{flag: Flag, verb: Verb, at_ms: number}} Act the flag as the server answered, what was done, and when
 *
 * @typedef {object} ActsHost
 * @property {(flag: Flag) => void} changed the server's answer: this is how the flag stands now
 * @property {(flagId: string, key: "flag.acknowledge_failed"|"flag.refused"|null) => void} note what went wrong with a click on this flag
 * @property {() => void} plan draw soon
 *
 * @typedef {object} Acts
 * @property {(flag: Flag) => Promise<void>} acknowledge
 * @property {(flag: Flag, verdict: Verdict) => Promise<void>} judge
 * @property {(flag: Flag, minutes: number) => Promise<void>} snooze put it off
 * @property {(flag: Flag, to: string, word: string) => Promise<void>} handOver ask another coach
 * @property {(flag: Flag, outcome: Outcome) => Promise<void>} resolve close it
 * @property {() => Promise<void>} undo take back the last thing done here
 * @property {(words: Words) => void} draw
 */

/**
 * What a coach does to flags, with ten seconds to take it back: in a strip at the foot of the page, which moves nothing.
 *
 * @param {ActsHost} host
 * @returns {Acts}
 */
export function createActs(host) {
  /** @type {Act[]} */
  let done = [];
  /** @type {"undo.late"|"undo.failed"|null} */
  let problem = null;
  const forget = (/** @type {Flag} */ flag) => (done = done.filter((act) => act.flag.flag_id !== flag.flag_id));

  const act = async (/** @type {Flag} */ flag, /** @type {Verb} */ verb, /** @type {object|null} */ body) => {
    host.note(flag.flag_id, null);
    problem = null;
    try {
      const answer = await ask(pathOf(flag, verb), { method: "POST", ...(body ? asJson(body) : {}) });
      done = [...done, { flag: answer, verb, at_ms: Date.now() }];
      host.changed(answer);
    } catch (error) {
      const refused = error instanceof RequestFailed && error.status === 409;
      host.note(flag.flag_id, refused ? "flag.refused" : "flag.acknowledge_failed");
    }
    host.plan();
  };
  const undo = async () => {
    const last = lastOf(done, Date.now());
    if (last === null) return;
    problem = null;
    try {
      const answer = await ask(pathOf(last.flag, "undo"), { method: "POST" });
      done = done.filter((one) => one !== last);
      host.changed(answer);
    } catch (error) {
      const late = error instanceof RequestFailed && error.status === 409;
      if (late) forget(last.flag);
      problem = late ? "undo.late" : "undo.failed";
    }
    host.plan();
  };
  byId("undo-go").addEventListener("click", () => void undo());
  byId("undo-close").addEventListener("click", () => {
    problem = null;
    host.plan();
  });
  return {
    acknowledge: (flag) => act(flag, "acknowledge", null),
    snooze: (flag, minutes) => act(flag, "snooze", { minutes }),
    handOver: (flag, to, word) => act(flag, "hand-over", { to, word }),
    resolve: (flag, outcome) => act(flag, "resolve", { outcome }),
    judge: (flag, verdict) => act(flag, "verdict", { verdict }),
    undo,
    draw: (words) => drawStrip(words, lastOf(done, Date.now()), problem),
  };
}

/** The last thing done that can still be taken back. @param {readonly Act[]} done @param {number} now_ms @returns {Act|null} */
export function lastOf(done, now_ms) {
  const last = done.at(-1);
  return last && now_ms - last.at_ms < UNDO_MS ? last : null;
}

/** @param {Words} words @param {Act|null} last @param {"undo.late"|"undo.failed"|null} problem */
function drawStrip(words, last, problem) {
  byId("undo").hidden = last === null && problem === null;
  byId("undo-close").hidden = problem === null;
  byId("undo-go").hidden = last === null;
  say(byId("undo-close"), words.t("keys.close"));
  say(byId("undo-problem"), problem === null ? "" : words.t(problem));
  say(byId("undo-words"), last === null || problem !== null ? "" : doneWords(words, last));
  if (last === null) return;
  const s = Math.ceil((UNDO_MS - (Date.now() - last.at_ms)) / 1000);
  const label = words.t("undo.go");
  byId("undo-go").title = words.t("undo.title");
  if (byId("undo-go").dataset.drawn !== `${label}${s}`) {
    byId("undo-go").dataset.drawn = `${label}${s}`;
    fill(byId("undo-go"), label, el("kbd", { "aria-hidden": "true" }, "Z"), el("span", { class: "left", "aria-hidden": "true" }, `${s}\u00a0s`));
  }
}

/** What was done, in words. @param {Words} words @param {Act} act */
function whatWords(words, { flag, verb }) {
  if (verb === "snooze") return words.t("act.snoozed", { time: timeOfDay(words.locale, flag.care.snoozed_until ?? "") });
  if (verb === "hand-over") return words.t("act.handed_over", { to: nameOf(words, flag.care.desk) });
  if (verb === "resolve") return words.name("outcome", flag.care.outcome ?? "");
  return flag.verdict === null ? words.t("flag.acknowledged") : words.name("verdict", flag.verdict);
}

/** @param {Words} words @param {Act} act */
function doneWords(words, act) {
  const { flag } = act;
  const what = whatWords(words, act);
  return words.t("undo.done", { what, name: flag.name[words.language], agent: agentOf(words, flag) });
}

/** @param {Flag} flag @param {string} verb */
const pathOf = (flag, verb) => `/v1/flags/${encodeURIComponent(flag.flag_id)}/${verb}`;

/** @param {object} body @returns {RequestInit} */
const asJson = (body) => ({
  headers: { accept: "application/json", "content-type": "application/json" },
  body: JSON.stringify(body),
});
