// @ts-check
/** @import { Comment } from "../wire/reviews.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { clock, when } from "../shared/format.js";
import { personOf } from "../shared/names.js";
import { refusedIn } from "../shared/refusals.js";
import { send } from "../shared/sending.js";
import { ask, callPath } from "../shared/server.js";

/**
 * Comments at a second of the call: marks on the time axis, threads beside it, and the way to add one.
 *
 * @typedef {object} CommentPane
 * @property {() => Promise<void>} load
 * @property {(words: Words, duration_s: number) => void} draw
 * @property {() => void} open write one at the playhead
 */

/** Comments with their answers, by second. Pure. @param {readonly Comment[]} comments @returns {{first: Comment, answers: Comment[]}[]} */
export function threadsOf(comments) {
  return comments.filter((one) => one.reply_to === null)
    .map((first) => ({ first, answers: comments.filter((one) => one.reply_to === first.comment_id) }));
}

/** @param {string} callId @param {{at: () => number, seek: (at_s: number) => void}} recording @returns {CommentPane} */
export function createCommentPane(callId, recording) {
  /** @type {Words|null} */
  let words = null;
  /** @type {Comment[]|null} none: not loaded yet */
  let comments = null;
  let duration_s = 1;
  let at_s = 0;
  const form = /** @type {HTMLFormElement} */ (byId("comment-form"));
  const text = /** @type {HTMLTextAreaElement} */ (byId("comment-words"));
  const shared = /** @type {HTMLSelectElement} */ (byId("comment-shared"));

  const drawAll = () => {
    if (words === null) return;
    const now = words;
    byId("comment-panel").hidden = comments === null;
    const threads = threadsOf(comments ?? []);
    drawMarks(now, threads.map(({ first }) => first));
    fill(byId("comments"), ...(threads.length > 0 ? threads.map((one) => thread(now, one.first, one.answers)) : [el("li", { class: "none" }, now.t("review.comment.none"))]));
    say(byId("comment-at"), now.t("review.comment.at", { clock: clock(at_s) }));
  };
  const drawMarks = (/** @type {Words} */ now, /** @type {Comment[]} */ firsts) => {
    fill(byId("comment-marks"), ...firsts.map((first) => mark(now, first)));
    byId("comment-marks").hidden = firsts.length === 0;
  };
  const mark = (/** @type {Words} */ now, /** @type {Comment} */ one) => {
    const label = now.t("review.comment.mark", { clock: clock(one.at_s), by: personOf(now, one.by) });
    const button = el("button", { type: "button", class: `comment-mark ${one.shared}`, title: label, "aria-label": label, onclick: () => choose(one) }, "❝");
    button.style.left = `${Math.min(1, one.at_s / Math.max(0.001, duration_s)) * 100}%`;
    return button;
  };
  const choose = (/** @type {Comment} */ one) => {
    recording.seek(one.at_s);
    const item = document.getElementById(`comment-${one.comment_id}`);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  };
  const thread = (/** @type {Words} */ now, /** @type {Comment} */ first, /** @type {Comment[]} */ answers) => {
    const id = `reply-${first.comment_id}`;
    const reply = el("textarea", { id, rows: 2, maxlength: 4000, required: true });
    const box = el("form", { onsubmit: (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      void keep({ at_s: first.at_s, words: reply.value, shared: first.shared, reply_to: first.comment_id });
    } }, el("label", { for: id, class: "unseen" }, now.t("review.comment.reply")), reply, el("button", { type: "submit" }, now.t("review.comment.send")));
    return el("li", { id: `comment-${first.comment_id}`, class: "thread", tabindex: -1 },
      el("p", { class: "remark" },
        el("button", { type: "button", class: "plain", "aria-label": now.t("review.comment.go", { clock: clock(first.at_s) }), onclick: () => recording.seek(first.at_s) }, clock(first.at_s)),
        ` · ${personOf(now, first.by)} · ${when(first.at, now)} · `, el("span", { class: "state" }, now.name("review.comment.shared", first.shared))),
      el("p", { class: "said" }, first.words),
      ...answers.map((one) => el("div", { class: "answer" }, el("p", { class: "remark" }, `${personOf(now, one.by)} · ${when(one.at, now)}`), el("p", { class: "said" }, one.words))),
      el("details", {}, el("summary", {}, now.t("review.comment.reply")), box));
  };

  const load = async () => {
    comments = (await ask(`${callPath(callId)}/comments`)).comments;
    drawAll();
  };
  /** @param {{at_s: number, words: string, shared: string, reply_to?: string}} body */
  const keep = async (body) => {
    const { status, json } = await send(`${callPath(callId)}/comments`, "POST", body);
    if (status === 201) await load();
    say(byId("comment-said"), status === 201 ? (words?.t("review.comment.kept") ?? "") : words === null ? "" : (refusedIn(words, json) ?? words.t("people.failed")));
    return status === 201;
  };
  const close = () => {
    form.hidden = true;
    byId("comment-open").focus();
  };
  const open = () => {
    if (comments === null) return;
    at_s = Math.round(recording.at() * 10) / 10;
    form.hidden = false;
    drawAll();
    text.focus();
  };
  byId("comment-open").addEventListener("click", open);
  byId("comment-cancel").addEventListener("click", close);
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await keep({ at_s, words: text.value, shared: shared.value }))) return;
    form.reset();
    close();
  });
  return {
    load,
    open,
    draw: (next, length_s) => {
      if (next === words && length_s === duration_s) return;
      const same = next === words;
      [words, duration_s] = [next, length_s];
      // a live call grows: what is being typed below stays
      if (same) drawMarks(next, threadsOf(comments ?? []).map(({ first }) => first));
      else drawAll();
    },
  };
}
