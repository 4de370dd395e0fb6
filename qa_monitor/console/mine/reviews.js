// @ts-check
/** @import { Asked, Comment, MyReview } from "../wire/reviews.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { age } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { personOf } from "../shared/names.js";
import { learnNames, openPage } from "../shared/page.js";
import { refusedIn } from "../shared/refusals.js";
import { send } from "../shared/sending.js";
import { ask } from "../shared/server.js";

/** Reviews of an agent's own calls: what was answered and why, the note, remarks; acknowledged, or disputed. */
/** @type {Words} */
let words = wordsOf("en");
/** @type {MyReview[]} */
let reviews = [];
/** @type {Map<string, Comment[]>} by call */
const comments = new Map();
/** @type {string|null} */
let me = null;

function draw() {
  byId("reviews-section").hidden = reviews.length === 0;
  fill(byId("reviews"), ...reviews.map(reviewItem));
}

/** @param {MyReview} review */
function reviewItem(review) {
  const at = new Date(review.started_at).toLocaleString(words.locale, { dateStyle: "medium", timeStyle: "short" });
  const total = review.total === null ? "" : words.t("mine.reviews.total", { total: Math.round(review.total) });
  const state = review.ending === null ? words.name("reviews.state", review.state) : words.name("reviews.ending", review.ending);
  const acknowledge = el("button", { type: "button", class: "main", onclick: () => void act(review, "acknowledge", {}) }, words.t("mine.reviews.acknowledge"));
  return el("li", { class: "my-review" },
    el("h3", {}, at, el("span", {}, total), review.failed && el("span", { class: "note" }, words.t("mine.reviews.failed")), el("span", { class: "state" }, state)),
    review.note !== "" && el("p", { class: "note-words" }, el("b", {}, words.t("mine.reviews.note")), "\n", review.note),
    ...review.questions.filter((one) => one.value !== "unanswered").map((one) => questionItem(review, one)),
    commentList(review),
    review.state === "submitted" && el("p", { class: "acts" }, acknowledge));
}

/** @param {MyReview} review @param {Asked} asked */
function questionItem(review, asked) {
  const text = words.language === "fr" ? asked.text_fr : asked.text_en;
  return el("div", { class: `question ${asked.value}` },
    el("p", {}, text, " ", el("b", {}, words.name("reviews.value", asked.value))),
    asked.words !== "" && el("p", { class: "remark" }, asked.words),
    disputePart(review, asked));
}

/** What came of a dispute, or the way to begin one. @param {MyReview} review @param {Asked} asked */
function disputePart(review, asked) {
  const dispute = review.disputes.find((one) => one.question_id === asked.question_id);
  if (dispute !== undefined) {
    const ruled = dispute.ruling === null ? words.t("mine.reviews.waits") : words.t(dispute.ruling === "upheld" ? "mine.reviews.upheld" : "mine.reviews.changed", { words: dispute.decided_words ?? "" });
    return el("p", {}, words.t("mine.reviews.disputed", { words: dispute.words }), " ", el("b", {}, ruled));
  }
  if (review.state !== "submitted" && review.state !== "disputed") return null;
  const id = `dispute-${review.review_id}-${asked.question_id}`;
  const why = el("textarea", { id, rows: 2, maxlength: 4000, required: true });
  const form = el("form", { onsubmit: (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void act(review, "dispute", { question_id: asked.question_id, words: why.value });
  } }, el("label", { for: id }, words.t("mine.reviews.dispute.why")), why, el("button", { type: "submit" }, words.t("mine.reviews.dispute.send")));
  return el("details", {}, el("summary", {}, words.t("mine.reviews.dispute")), form);
}

/** @param {MyReview} review */
function commentList(review) {
  const found = comments.get(review.call_id) ?? [];
  const first = found.filter((one) => one.reply_to === null);
  if (first.length === 0) return null;
  return el("div", {}, el("h3", {}, words.t("mine.comments")), ...first.map((one) => thread(review, one, found.filter((each) => each.reply_to === one.comment_id))));
}

/** @param {MyReview} review @param {Comment} first @param {Comment[]} answers */
function thread(review, first, answers) {
  const id = `answer-${first.comment_id}`;
  const text = el("textarea", { id, rows: 2, maxlength: 4000, required: true });
  const form = el("form", { onsubmit: (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void answer(review, first, text.value);
  } }, el("label", { for: id, class: "unseen" }, words.t("mine.comments.answer")), text, el("button", { type: "submit" }, words.t("mine.comments.send")));
  return el("div", { class: "question" },
    el("p", {}, el("span", { class: "remark" }, `${age(first.at_s)} · ${nameOf(first)} · `), first.words),
    ...answers.map((one) => el("p", {}, el("span", { class: "remark" }, `${nameOf(one)} · `), one.words)),
    el("details", {}, el("summary", {}, words.t("mine.comments.answer")), form));
}

/** @param {Comment} comment */
const nameOf = (comment) => (comment.by === me ? words.t("mine.comments.you") : personOf(words, comment.by));

/** @param {MyReview} review @param {string} verb @param {unknown} body */
async function act(review, verb, body) {
  await settle(send(`/v1/mine/reviews/${encodeURIComponent(review.review_id)}/${verb}`, "POST", body));
}

/** @param {MyReview} review @param {Comment} first @param {string} text */
async function answer(review, first, text) {
  await settle(send(`/v1/mine/calls/${encodeURIComponent(review.call_id)}/comments`, "POST", { words: text, reply_to: first.comment_id }));
}

/** @param {Promise<{status: number, json: any}>} sent */
async function settle(sent) {
  const { status, json } = await sent;
  say(byId("reviews-said"), status === 200 || status === 201 ? "" : (refusedIn(words, json) ?? words.t("mine.reviews.failed_to_send")));
  await load();
}

async function load() {
  me ??= (await ask("/v1/me")).account;
  reviews = (await ask("/v1/mine/reviews")).reviews;
  const calls = [...new Set(reviews.map((one) => one.call_id))];
  await Promise.all(calls.map(async (call) => comments.set(call, (await ask(`/v1/mine/calls/${encodeURIComponent(call)}/comments`)).comments)));
  draw();
}

openPage((chosen) => {
  words = chosen;
  draw();
});
void learnNames().catch(() => null); // ids say it, too
// the calls below are shown all the same
void load().catch(() => say(byId("reviews-said"), ""));
