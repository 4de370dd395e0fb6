// @ts-check
/** @import { Disputed, Review } from "../wire/reviews.js" */
/** @import { Me } from "../wire/people.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { when } from "../shared/format.js";
import { personOf } from "../shared/names.js";

/**
 * Whose turn it is with the review of a call, and what they can do.
 *
 * @typedef {{value: string, words: string}} Given
 * @typedef {object} TurnView
 * @property {Words} words
 * @property {readonly Review[]} reviews of this call
 * @property {Me|null} me
 * @property {string} scorecard by which a review is begun; empty where the call has no score
 * @property {(review: Review, verb: string, method: string, body?: unknown) => void} act
 * @property {(review: Review, note: string) => void} submit
 * @property {() => void} take give the call to oneself
 */

/** @param {Me|null} me */
export const leads = (me) => me !== null && (me.account === null || me.roles.includes("qa_lead"));

/** @param {Me|null} me @param {Review} review */
const isOwn = (me, review) => me !== null && (me.account === null || me.account === review.reviewer);
const OPEN = ["assigned", "in_review"];

/** The review that this person has to write, if any. Pure. @param {readonly Review[]} reviews @param {Me|null} me @param {string|null} [scorecard] */
export function turnOf(reviews, me, scorecard = null) {
  return reviews.find((one) => OPEN.includes(one.state) && isOwn(me, one) && (scorecard === null || one.scorecard_id === scorecard)) ?? null;
}

/** Answers of a review that do not stand in the score yet. Pure. @param {Review|null} review @returns {Map<string, Given>} */
export function givenIn(review) {
  return new Map((review?.answers ?? []).map(({ question_id: id, value, words }) => [id, { value, words }]));
}

/** @param {TurnView} view */
export function drawTurn(view) {
  const { words, reviews, me } = view;
  const turn = turnOf(reviews, me);
  const idle = reviews.every((one) => one.state === "closed");
  return [
    ...reviews.map((review) => drawReview(view, review)),
    turn === null && idle && leads(me) && view.scorecard !== "" && el("p", { class: "acts" },
      el("button", { type: "button", "data-act": "take", onclick: view.take }, words.t("review.score.take"))),
  ];
}

/** @param {TurnView} view @param {Review} review */
function drawReview(view, review) {
  const { words, me } = view;
  const state = review.ending === null ? words.name("reviews.state", review.state) : words.name("reviews.ending", review.ending);
  const own = isOwn(me, review) && !review.blind;
  return el("div", { class: "turn" },
    el("p", { class: "remark" }, el("span", { class: "state" }, state), " ",
      [words.t("reviews.given_to", { name: personOf(words, review.reviewer) }), words.name("reviews.why", review.why), when(review.changed_at, words)].join(" · ")),
    own && review.state === "assigned" && el("p", { class: "acts" },
      el("button", { type: "button", class: "main", "data-act": `begin ${review.review_id}`, onclick: () => view.act(review, "begin", "POST") }, words.t("reviews.begin"))),
    own && review.state === "in_review" ? noteForm(view, review)
      : review.note !== "" && el("p", { class: "note-words" }, el("b", {}, words.t("reviews.note")), "\n", review.note),
    ...review.disputes.map((one) => el("p", { class: "remark" }, words.t("review.score.disputed", { by: personOf(words, one.by), words: one.words }), " ", rulingOf(words, one) && el("b", {}, rulingOf(words, one)))));
}

/** What a lead made of a dispute; nothing as long as it is open. @param {Words} words @param {Disputed} one */
function rulingOf(words, one) {
  if (one.ruling === null) return "";
  return words.t(one.ruling === "upheld" ? "mine.reviews.upheld" : "mine.reviews.changed", { words: one.decided_words ?? "" });
}

/** The note to the agent, kept also where it is only submitted. @param {TurnView} view @param {Review} review */
function noteForm({ words, act, submit }, review) {
  const id = `note-${review.review_id}`;
  const text = el("textarea", { id, rows: 2, maxlength: 4000 }, review.note);
  return el("form", { onsubmit: (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    submit(review, text.value);
  } },
    el("label", { for: id }, words.t("reviews.note")), text,
    el("p", { class: "acts" },
      el("button", { type: "button", "data-act": `note ${review.review_id}`, onclick: () => act(review, "note", "PUT", { words: text.value }) }, words.t("reviews.note.save")),
      el("button", { type: "submit", class: "main", "data-act": `submit ${review.review_id}` }, words.t("reviews.submit"))));
}
