// @ts-check
/** @import { Disputed, Review } from "../wire/reviews.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { when } from "../shared/format.js";
import { agentOf, personOf } from "../shared/names.js";
import { reviewPath } from "../shared/server.js";

/**
 * @typedef {object} QueueActs
 * @property {(review: Review, verb: string, body?: unknown, method?: string) => void} act
 * @property {string} me
 * @property {boolean} leads
 * @property {boolean} operator
 */

/** The call, where its review stands, and what can be done about it. @param {Review} review @param {Words} words @param {QueueActs} acts */
export function queueCard(review, words, acts) {
  const own = review.reviewer === acts.me || acts.operator;
  const button = (/** @type {string} */ verb, /** @type {string} */ label, main = false) =>
    el("button", { type: "button", class: main && "main", "data-act": `${verb} ${review.review_id}`, onclick: () => acts.act(review, verb) }, label);
  return el("li", { class: "card" },
    head(review, words),
    el("p", { class: "remark" }, [agentOf(words, review), words.t("reviews.given_to", { name: personOf(words, review.reviewer) }), words.name("reviews.why", review.why), when(review.changed_at, words)].join(" · ")),
    firstWords(review),
    review.blind && el("p", { class: "notice" }, words.t("reviews.blind")),
    own && review.state === "in_review" && !review.blind && noteForm(review, words, acts),
    el("p", { class: "acts" },
      own && !review.blind && review.state === "assigned" && button("begin", words.t("reviews.begin"), true),
      own && !review.blind && review.state === "in_review" && button("submit", words.t("reviews.submit"), true),
      acts.leads && !review.blind && review.state !== "disputed" && review.state !== "closed" && closeForm(review, words, acts)));
}

/** @param {Review} review @param {Words} words */
function head(review, words) {
  const state = review.ending === null ? words.name("reviews.state", review.state) : words.name("reviews.ending", review.ending);
  return el("h3", {}, el("a", { href: reviewPath(review.call_id) }, review.call_id), el("span", { class: "state" }, state));
}

/** In which sample it was picked. @param {Review} review */
function firstWords(review) {
  const words = review.history.filter((event) => event.did === "assign").at(-1)?.words ?? "";
  return words !== "" && el("p", {}, words);
}

/** @param {Review} review @param {Words} words @param {QueueActs} acts */
function noteForm(review, words, acts) {
  const id = `note-${review.review_id}`;
  const text = el("textarea", { id, rows: 2, maxlength: 4000, "data-act": id }, review.note);
  return el("div", { class: "field" },
    el("label", { for: id }, words.t("reviews.note")), text,
    el("button", { type: "button", onclick: () => acts.act(review, "note", { words: text.value }, "PUT") }, words.t("reviews.note.save")));
}

/** @param {Review} review @param {Words} words @param {QueueActs} acts */
function closeForm(review, words, acts) {
  const id = `close-${review.review_id}`;
  const reason = el("input", { id, maxlength: 1000, required: true, autocomplete: "off" });
  const form = el("form", { class: "inline", onsubmit: (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    acts.act(review, "close", { words: reason.value });
  } }, el("label", { for: id }, words.t("reviews.close.why")), reason, el("button", { type: "submit" }, words.t("reviews.close")));
  return el("details", {}, el("summary", {}, words.t("reviews.close")), form);
}

/** One dispute that a lead has to decide. @param {Review} review @param {Disputed} dispute @param {Words} words @param {QueueActs} acts */
export function disputeCard(review, dispute, words, acts) {
  const asked = review.questions?.find((one) => one.question_id === dispute.question_id);
  const text = asked === undefined ? dispute.question_id : words.language === "fr" ? asked.text_fr : asked.text_en;
  const id = `dispute-${review.review_id}-${dispute.question_id}`;
  const reason = el("textarea", { id: `${id}-words`, rows: 2, maxlength: 4000, required: true });
  const choice = el("select", { id: `${id}-value` },
    el("option", { value: "" }, words.t("reviews.uphold")),
    ...["yes", "no", "na"].filter((value) => value !== asked?.value).map((value) => el("option", { value }, words.t("reviews.change", { value: words.name("reviews.value", value) }))));
  const decide = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const value = choice.value === "" ? null : choice.value;
    acts.act(review, "decide", { question_id: dispute.question_id, ruling: value === null ? "upheld" : "changed", words: reason.value, value });
  };
  return el("li", { class: "card" },
    head(review, words),
    el("p", {}, el("b", {}, text), asked !== undefined && ` ${words.name("reviews.value", asked.value)}`),
    asked !== undefined && asked.words !== "" && el("p", { class: "remark" }, words.t("reviews.reviewer.said", { name: personOf(words, review.reviewer) }), " ", asked.words),
    el("blockquote", { class: "quote" }, el("span", { class: "who" }, words.t("reviews.agent.said", { name: agentOf(words, review) })), " ", dispute.words),
    el("form", { class: "decide", onsubmit: decide },
      el("label", { for: `${id}-value` }, words.t("reviews.ruling")), choice,
      el("label", { for: `${id}-words` }, words.t("reviews.reason")), reason,
      el("button", { type: "submit", class: "main" }, words.t("reviews.decide"))));
}
