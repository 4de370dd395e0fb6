// @ts-check
/** @import { Call, Course } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { clock } from "../shared/format.js";

/**
 * How the customer goes through a call, in words and as marks on the curve.
 *
 * @typedef {{at_s: number, kind: "worse"|"better"|"recovered", label: string}} CurveMark
 */

/**
 * The state and where it is going, in one sentence; nothing where no voice was judged.
 *
 * @param {Words} words
 * @param {Course|null} course
 * @returns {string}
 */
export function courseSentence(words, course) {
  if (course === null || course.told + course.unsure === 0) return "";
  if (course.since_s === null || course.trend === null) return words.t("course.now.unknown");
  return words.t("course.now", {
    state: words.name("course", course.state),
    since: clock(course.since_s),
    trend: words.name("trend", course.trend),
  });
}

/**
 * Where the voice became another, and when the customer had recovered. Pure.
 *
 * @param {Words} words
 * @param {Course|null} course
 * @returns {CurveMark[]}
 */
export function marksOf(words, course) {
  if (course === null) return [];
  /** @type {CurveMark[]} */
  const marks = course.shifts.map(({ at_s, before, after }) => ({
    at_s,
    kind: after > before ? "worse" : "better",
    label: words.t(after > before ? "course.shift.worse" : "course.shift.better", { clock: clock(at_s) }),
  }));
  if (course.recovered_s !== null) {
    marks.push({ at_s: course.recovered_s, kind: "recovered", label: words.t("course.recovered", { clock: clock(course.recovered_s) }) });
  }
  return marks;
}

/** State and marks as lines for the reader. @param {Words} words @param {Course|null} course */
export function courseLines(words, course) {
  const sentence = courseSentence(words, course);
  if (course === null || sentence === "") return [];
  const last = marksOf(words, course).filter(({ kind }) => kind !== "recovered").at(-1);
  return [
    el("p", { class: `course ${course.state}` }, sentence),
    last ? el("p", { class: "remark" }, last.label) : null,
    course.recovered_s === null ? null : el("p", { class: "good" }, words.t("course.recovered", { clock: clock(course.recovered_s) })),
    course.peak === null || course.peak_s === null ? null
      : el("p", { class: "remark" }, words.t("course.peak", { peak: Math.round(course.peak * 100), clock: clock(course.peak_s) })),
  ];
}

/** What the list of calls says of it: only what is worth a look, or good. @param {Words} words @param {Call} call */
export function courseBadge(words, call) {
  const { course } = call;
  if (course === null) return null;
  if (course.state === "rising" || course.state === "upset" || course.state === "recovering") {
    const arrow = course.trend === "rising" ? " ↗" : course.trend === "falling" ? " ↘" : "";
    return el("p", { class: `course ${course.state}` }, `${words.t("course.badge", { state: words.name("course", course.state) })}${arrow}`);
  }
  return course.recoveries > 0 ? el("p", { class: "good" }, words.t("course.badge.recovered")) : null;
}
