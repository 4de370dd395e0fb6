// @ts-check
/** @import { Problem, RefusedFiles } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { dayAndTime } from "../shared/format.js";
import { fieldIn, problemIn } from "./problem.js";

/** Files changed by hand that did not come into force, with every mistake; nothing where all are in order. @param {RefusedFiles|null} refused @param {Words} words */
export function drawRefused(refused, words) {
  byId("refused-box").hidden = refused === null;
  if (refused === null) return;
  say(byId("refused-why"), words.t("rules.files.refused.why", { at: dayAndTime(words.locale, refused.at) }));
  fill(byId("refused"), ...refused.problems.map((problem) => drawProblem(problem, words)));
}

/** @param {Problem} problem @param {Words} words */
function drawProblem(problem, words) {
  const { found, allowed } = problemIn(words, problem);
  return el("li", {}, el("b", {}, problem.file), ` ${words.t("rules.line", { line: problem.line })} ${fieldIn(words, problem, true)} `,
    el("span", { class: "found" }, found), ` ${words.t("rules.allowed", { allowed })}`);
}
