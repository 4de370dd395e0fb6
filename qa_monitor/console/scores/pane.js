// @ts-check
/** @import { Score, ScoreQuestion, Scores } from "../wire/scores.js" */
/** @import { Review } from "../wire/reviews.js" */
/** @import { Me } from "../wire/people.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { refusedIn } from "../shared/refusals.js";
import { send } from "../shared/sending.js";
import { ask, callPath, RequestFailed } from "../shared/server.js";
import { drawTurn, givenIn, leads, turnOf } from "./turn.js";
import { drawScore } from "./view.js";

/**
 * The scorecard beside a call: what it earned and why, and the review of it. Whoever calibrates the call sees none.
 *
 * @typedef {object} ScorePane
 * @property {() => Promise<void>} load
 * @property {(words: Words) => void} draw
 * @property {(by: 1|-1) => void} step to the next question, or the one before
 * @property {() => void} prove hear what proves the answer one is at
 */

/** @param {string} callId @param {(from_s: number, to_s: number) => void} hear @returns {ScorePane} */
export function createScorePane(callId, hear) {
  /** @type {Words|null} */
  let words = null;
  /** @type {Me|null} */
  let me = null;
  /** @type {Scores|null} */
  let found = null;
  /** @type {Review[]} */
  let reviews = [];
  let blind = false;

  const draw = () => {
    if (words === null) return;
    const focused = document.activeElement?.closest("#score [data-act]")?.getAttribute("data-act");
    byId("score-panel").hidden = !blind && reviews.length === 0 && (found?.scores.length ?? 0) === 0;
    fill(byId("score"), ...(blind ? [el("p", { class: "notice" }, words.t("reviews.blind"), " ", el("a", { href: "/reviews" }, words.t("review.score.sheet")))] : parts(words)));
    if (focused) /** @type {HTMLElement|null} */ (document.querySelector(`#score [data-act="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
  };
  const parts = (/** @type {Words} */ now) => {
    const scores = found?.scores ?? [];
    const current = scores.filter((one) => one.current);
    return [
      ...drawTurn({ words: now, reviews, me, scorecard: current[0]?.scorecard_id ?? "", act: (...given) => void act(...given), submit: (review, note) => void submit(review, note), take: () => void take(current[0]?.scorecard_id ?? "") }),
      ...current.map((score) => scorePart(now, score, scores)),
    ];
  };
  const scorePart = (/** @type {Words} */ now, /** @type {Score} */ score, /** @type {Score[]} */ scores) => {
    const own = turnOf(reviews, me, score.scorecard_id);
    return drawScore({
      words: now,
      score,
      earlier: scores.filter((one) => !one.current && one.scorecard_id === score.scorecard_id),
      overrides: (found?.overrides ?? []).filter((one) => scores.some((each) => each.score_id === one.score_id && each.scorecard_id === score.scorecard_id)),
      given: givenIn(own),
      mayAnswer: own === null ? leads(me) : own.state === "in_review",
      hear,
      answer: (question, value, reason) => void answer(score, own, question, value, reason),
    });
  };

  const load = async () => {
    me ??= await ask("/v1/me");
    blind = false;
    try {
      const [all, scores] = await Promise.all([ask(`/v1/reviews?call_id=${encodeURIComponent(callId)}`), ask(`${callPath(callId)}/scores`)]);
      [reviews, found] = [all.reviews, scores];
    } catch (error) {
      if (!(error instanceof RequestFailed && error.status === 409)) throw error;
      [reviews, found, blind] = [[], null, true];
    }
    draw();
  };
  /** Say what came of it, and show how everything stands now. @param {{status: number, json: any}} sent @param {string} done */
  const settle = async ({ status, json }, done) => {
    if (status === 200 || status === 201) await load();
    say(byId("score-said"), status === 200 || status === 201 ? done : words === null ? "" : (refusedIn(words, json) ?? words.t("people.failed")));
    return status === 200 || status === 201;
  };
  const path = (/** @type {Review} */ review, /** @type {string} */ verb) => `/v1/reviews/${encodeURIComponent(review.review_id)}/${verb}`;
  const act = async (/** @type {Review} */ review, /** @type {string} */ verb, /** @type {string} */ method, /** @type {unknown} */ body = undefined) =>
    settle(await send(path(review, verb), method, body), words?.name("reviews.did", verb) ?? "");
  const submit = async (/** @type {Review} */ review, /** @type {string} */ note) => {
    if (note !== review.note && !(await act(review, "note", "PUT", { words: note }))) return;
    await act(review, "submit", "POST");
  };
  const take = async (/** @type {string} */ scorecard) => {
    const sent = await send("/v1/reviews", "POST", { call_id: callId, reviewer: me?.account ?? "console", scorecard_id: scorecard, why: "chosen" });
    if (await settle(sent, "")) await act(sent.json, "begin", "POST");
  };
  const answer = async (/** @type {Score} */ score, /** @type {Review|null} */ own, /** @type {ScoreQuestion} */ question, /** @type {string} */ value, /** @type {string} */ reason) => {
    const id = encodeURIComponent(question.question_id);
    const sent = own === null
      ? await send(`${callPath(callId)}/scores/${encodeURIComponent(score.scorecard_id)}/answers/${id}`, "PUT", { value, reason })
      : await send(path(own, `answers/${id}`), "PUT", { value, words: reason });
    if (await settle(sent, words?.t(own === null ? "review.score.saved" : "review.score.noted") ?? "")) document.getElementById(`question-${score.scorecard_id}-${question.question_id}`)?.focus();
  };

  const questions = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#score .question")]);
  const chosen = () => questions().indexOf(/** @type {HTMLElement} */ (document.activeElement?.closest("#score .question")));
  return {
    load,
    draw: (next) => {
      if (next === words) return;
      words = next;
      draw();
    },
    step: (by) => {
      const all = questions();
      const at = chosen();
      const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
      next?.focus();
    },
    prove: () => /** @type {HTMLElement|null} */ (questions()[chosen()]?.querySelector(".proof"))?.click(),
  };
}
