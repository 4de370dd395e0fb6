// @ts-check
/** @import { Answer, Bilingual, Override, Score, ScoreQuestion, ScoreSection } from "../wire/scores.js" */
/** @import { Given } from "./turn.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { clock, number, share, when } from "../shared/format.js";
import { personOf } from "../shared/names.js";
import { icon } from "../shared/signs.js";

/**
 * What one call earned by one scorecard: every question with its answer, its points and the seconds that prove it.
 *
 * @typedef {object} ScoreView
 * @property {Words} words
 * @property {Score} score
 * @property {readonly Score[]} earlier results this one replaced
 * @property {readonly Override[]} overrides what people changed, in order
 * @property {ReadonlyMap<string, Given>} given answers of a review that is not submitted yet
 * @property {boolean} mayAnswer
 * @property {(from_s: number, to_s: number) => void} hear
 * @property {(question: ScoreQuestion, value: string, reason: string) => void} answer
 */

const MACHINE = "machine";
const VALUES = ["yes", "no", "na"];

/** @param {Words} words @param {Bilingual} text */
const inWords = (words, text) => text[words.language];

/** How a total is said. @param {Words} words @param {Score} score */
export function totalOf(words, score) {
  if (score.total === null) return words.t("review.score.no_total");
  return words.t("review.score.total", { total: number(words.language, Math.round(score.total)) });
}

/** @param {ScoreView} view */
export function drawScore(view) {
  const { words, score, earlier } = view;
  const card = score.scorecard;
  const texts = new Map((card?.sections ?? []).flatMap((section) => section.questions).map((one) => [one.question_id, inWords(words, one.text)]));
  const failed = score.failed_by.map((id) => texts.get(id) ?? id).join(" · ");
  return el("div", { class: "score" },
    el("p", { class: "score-head" },
      el("b", {}, card === null ? score.scorecard_id : inWords(words, card.name)),
      el("span", { class: score.failed ? "total failed" : "total" }, totalOf(words, score)),
      el("span", { class: "remark" }, words.t(score.state === "human" ? "review.score.by_people" : "review.score.by_machine"))),
    score.failed && el("p", { class: "note" }, words.t("review.score.failed", { questions: failed })),
    card === null && el("p", { class: "none" }, words.t("review.score.unknown")),
    ...(card?.sections ?? []).map((section) => drawSection(view, section)),
    drawEarlier(view, texts, earlier));
}

/** @param {Words} words @param {number} points @param {number} possible */
const pointsOf = (words, points, possible) =>
  words.plural("review.score.points", possible, { points: number(words.language, points), n: number(words.language, possible) });

/** @param {ScoreView} view @param {ScoreSection} section */
function drawSection(view, section) {
  const { words, score } = view;
  const answers = score.answers.filter((one) => one.section_id === section.section_id);
  const sum = (/** @type {"points"|"possible"} */ name) => answers.reduce((all, one) => all + one[name], 0);
  return el("section", {},
    el("h3", {}, inWords(words, section.name), el("span", { class: "remark" }, pointsOf(words, sum("points"), sum("possible")))),
    el("ol", { class: "questions" }, ...section.questions.map((question) => {
      const answer = answers.find((one) => one.question_id === question.question_id);
      return answer === undefined ? null : drawQuestion(view, question, answer);
    })));
}

/** @param {ScoreView} view @param {ScoreQuestion} question @param {Answer} answer */
function drawQuestion(view, question, answer) {
  const { words, score } = view;
  const given = view.given.get(question.question_id);
  const value = given?.value ?? answer.value;
  const id = `question-${score.scorecard_id}-${question.question_id}`;
  return el("li", { id, class: `question ${value}`, tabindex: -1, "data-question": question.question_id },
    el("p", { class: "asked" }, el("span", {}, inWords(words, question.text)),
      question.auto_fail && el("span", { class: "state" }, words.t("review.score.auto_fail")),
      el("b", { class: "value" }, words.name("reviews.value", value))),
    el("p", { class: "remark" }, factsOf(words, answer)),
    answer.by !== MACHINE && given === undefined && el("p", { class: "remark said" }, answer.reason),
    given !== undefined && el("p", { class: "remark given" }, words.t("review.score.given", { was: words.name("reviews.value", answer.value), words: given.words })),
    question.coach_note !== null && value === "no" && el("p", { class: "remark" }, inWords(words, question.coach_note)),
    el("div", { class: "proofs" },
      ...answer.spans.map((span) => proofButton(view, span.start_s, span.end_s)),
      view.mayAnswer && answerForm(view, question, value)));
}

/** Why the machine says so; where it looked for a fault and answers yes, there was none. @param {Words} words @param {Answer} answer */
const why = (words, answer) =>
  answer.value === "yes" && answer.reason === "not_found" ? words.t("review.why.nothing_against") : words.name("review.why", answer.reason);

/** Points, who answered, how sure. @param {Words} words @param {Answer} answer */
function factsOf(words, answer) {
  const points = answer.possible > 0
    ? pointsOf(words, answer.points, answer.possible)
    : words.t("review.score.not_counted");
  if (answer.by !== MACHINE) {
    const machine = answer.machine_value === null ? "" : words.t("review.score.machine_said", { value: words.name("reviews.value", answer.machine_value) });
    return [points, personOf(words, answer.by), machine].filter((part) => part !== "").join(" · ");
  }
  const sure = answer.confidence === null ? "" : words.t("review.score.confidence", { share: share(words.language, answer.confidence) });
  return [points, words.t("review.score.machine"), why(words, answer), sure].filter((part) => part !== "").join(" · ");
}

/** @param {ScoreView} view @param {number} from_s @param {number} to_s */
function proofButton({ words, hear }, from_s, to_s) {
  const label = words.t("review.hear", { from: clock(from_s), to: clock(to_s) });
  return el("button", { type: "button", class: "hear proof", title: label, "aria-label": label, onclick: () => hear(from_s, to_s) },
    icon("play"), `${clock(from_s)}–${clock(to_s)}`);
}

/** @param {ScoreView} view @param {ScoreQuestion} question @param {string} value */
function answerForm({ words, score, answer }, question, value) {
  const id = `change-${score.scorecard_id}-${question.question_id}`;
  const choice = el("select", { id: `${id}-value`, required: true },
    ...VALUES.map((each) => el("option", { value: each, selected: each === value }, words.name("reviews.value", each))));
  const reason = el("textarea", { id: `${id}-reason`, rows: 2, maxlength: 2000, required: true });
  const form = el("form", { onsubmit: (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    answer(question, choice.value, reason.value);
  } },
    el("label", { for: `${id}-value` }, words.t("review.score.value")), choice,
    el("label", { for: `${id}-reason` }, words.t("reviews.reason")), reason,
    el("button", { type: "submit", class: "main" }, words.t("review.score.save")));
  return el("details", { class: "change" },
    el("summary", { "data-act": id }, words.t("review.score.change"), el("span", { class: "unseen" }, `: ${inWords(words, question.text)}`)), form);
}

/** Results of before, and every word of a person: on demand. @param {ScoreView} view @param {ReadonlyMap<string, string>} texts @param {readonly Score[]} earlier */
function drawEarlier({ words, score, overrides }, texts, earlier) {
  if (earlier.length + overrides.length === 0) return null;
  const name = (/** @type {string} */ value) => words.name("reviews.value", value);
  return el("details", { class: "earlier" },
    el("summary", {}, words.t("review.score.earlier", { n: earlier.length + overrides.length })),
    el("ul", {},
      ...overrides.map((one) => el("li", {}, words.t("review.score.changed", { at: when(one.at, words), by: personOf(words, one.by), question: texts.get(one.question_id) ?? one.question_id, was: name(one.was), value: name(one.value), reason: one.reason }))),
      ...earlier.map((one) => el("li", {}, [when(one.at, words), totalOf(words, one), words.t("review.score.version", { version: one.version }), changesOf(words, score, one, texts)].filter((part) => part !== "").join(" · ")))));
}

/** What an earlier result answered otherwise. @param {Words} words @param {Score} now @param {Score} before @param {ReadonlyMap<string, string>} texts */
function changesOf(words, now, before, texts) {
  const values = new Map(now.answers.map((one) => [one.question_id, one.value]));
  return before.answers.filter((one) => values.get(one.question_id) !== one.value)
    .map((one) => words.t("review.score.was", { question: texts.get(one.question_id) ?? one.question_id, value: words.name("reviews.value", one.value) })).join(" · ");
}
