// @ts-check
/** @import { Calibration, Question } from "../wire/reviews.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { when } from "../shared/format.js";
import { personOf } from "../shared/names.js";
import { refusedIn } from "../shared/refusals.js";
import { send } from "../shared/sending.js";
import { reviewPath } from "../shared/server.js";
import { kappaTable } from "./kappatable.js";

/** @typedef {{me: string, leads: boolean, done: () => void, close: (one: Calibration) => void}} CalibrationActs */

/** @param {Calibration} one @param {Words} words @param {CalibrationActs} acts */
export function calibrationCard(one, words, acts) {
  const own = new Set(one.sheets.filter((sheet) => sheet.reviewer === acts.me).map((sheet) => sheet.call_id));
  const open = one.closed_at === null;
  const total = one.calls.length;
  return el("li", { class: "card" },
    el("h3", {}, one.title, el("span", { class: "state" }, words.t(open ? "reviews.calibration.open" : "reviews.calibration.closed"))),
    el("p", { class: "remark" }, [one.scorecard_name[words.language], words.plural("reviews.of_calls", total), personOf(words, one.by), when(one.at, words)].join(" · ")),
    el("ul", { class: "progress" }, ...one.progress.map((each) => el("li", {}, words.t("reviews.handed_in", { name: personOf(words, each.reviewer), n: each.handed_in, of: total })))),
    open && one.asked && el("ul", { class: "sheets" }, ...one.calls.map((call) => sheetItem(one, call, own.has(call), words, acts))),
    one.agreement !== null && kappaTable(one.agreement, one.title, words),
    open && acts.leads && el("p", { class: "acts" }, el("button", { type: "button", onclick: () => acts.close(one) }, words.t("reviews.calibration.close"))));
}

/** @param {Calibration} one @param {string} call @param {boolean} done @param {Words} words @param {CalibrationActs} acts */
function sheetItem(one, call, done, words, acts) {
  const open = el("button", { type: "button", "data-act": `sheet ${one.calibration_id} ${call}`, onclick: () => openSheet(one, call, words, acts.done) }, words.t("reviews.sheet.open"));
  return el("li", {}, el("a", { href: reviewPath(call) }, call), done ? el("span", { class: "remark" }, words.t("reviews.sheet.done")) : open);
}

/** Every question, unanswered: neither the machine's answers nor others' are asked for. @param {Calibration} one @param {string} call @param {Words} words @param {() => void} done */
function openSheet(one, call, words, done) {
  /** @type {HTMLDialogElement} */
  const box = byId("sheet-box");
  say(byId("sheet-title"), words.t("reviews.sheet.title", { call }));
  say(byId("sheet-problem"), "");
  fill(byId("sheet-questions"), ...one.questions.map((question) => questionField(question, words)));
  byId("sheet").onsubmit = async (event) => {
    event.preventDefault();
    const path = `/v1/calibrations/${encodeURIComponent(one.calibration_id)}/calls/${encodeURIComponent(call)}`;
    const answer = await send(path, "POST", { answers: answersOf(one.questions) });
    if (answer.status !== 201) {
      say(byId("sheet-problem"), refusedIn(words, answer.json) ?? words.t("people.failed"));
      return;
    }
    box.close();
    done();
  };
  byId("sheet-cancel").onclick = () => box.close();
  box.showModal();
}

/** @param {Question} question @param {Words} words */
function questionField(question, words) {
  const french = words.language === "fr";
  const name = `answer-${question.question_id}`;
  return el("fieldset", { class: "field" },
    el("legend", {}, el("span", { class: "remark" }, `${french ? question.section_fr : question.section_en} · `), french ? question.text_fr : question.text_en),
    ...["yes", "no", "na"].map((value) => el("label", { class: "choice" }, el("input", { type: "radio", name, value, required: true }), words.name("reviews.value", value))),
    el("label", { class: "unseen", for: `${name}-words` }, words.t("reviews.sheet.words")),
    el("input", { id: `${name}-words`, maxlength: 1000, autocomplete: "off", placeholder: words.t("reviews.sheet.words") }));
}

/** @param {Question[]} questions */
function answersOf(questions) {
  /** @type {Record<string, {value: string, words: string}>} */
  const answers = {};
  for (const { question_id: id } of questions) {
    /** @type {HTMLInputElement|null} */
    const chosen = document.querySelector(`input[name="answer-${CSS.escape(id)}"]:checked`);
    if (chosen !== null) answers[id] = { value: chosen.value, words: /** @type {HTMLInputElement} */ (byId(`answer-${id}-words`)).value };
  }
  return answers;
}
