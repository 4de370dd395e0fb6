// @ts-check
/** @import { Calibrated, Calibration, Review, Reviewer } from "../wire/reviews.js" */
/** @import { Me } from "../wire/people.js" */
/** @import { ScoreCard } from "../wire/scores.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { learnNames, openPage } from "../shared/page.js";
import { refusedIn } from "../shared/refusals.js";
import { send } from "../shared/sending.js";
import { ask } from "../shared/server.js";
import { calibrationCard } from "./calibration.js";
import { kappaTable } from "./kappatable.js";
import { disputeCard, queueCard } from "./queue.js";

/** Reviews to do, disputes to decide, calibrations, and how far to trust the machine with each question. */
/** @type {Words} */
let words = wordsOf("en");
/** @type {Me|null} */
let me = null;
/** @type {Review[]|null} none: not loaded yet */
let reviews = null;
/** @type {Review[]} with their questions */
let disputed = [];
/** @type {Calibration[]} */
let calibrations = [];
/** @type {Calibrated[]} */
let calibrated = [];
/** @type {Reviewer[]} */
let reviewers = [];
/** @type {ScoreCard[]} in force */
let scorecards = [];

const leads = () => me !== null && (me.account === null || me.roles.includes("qa_lead"));
const operator = () => me !== null && me.account === null;
const myName = () => me?.account ?? "console";

function draw() {
  document.title = `${words.t("reviews.title")} – ${words.t("product")}`;
  const focused = document.activeElement?.getAttribute("data-act");
  const acts = { act: (/** @type {Review} */ review, /** @type {string} */ verb, /** @type {unknown} */ body = undefined, method = "POST") => void act(review, verb, body, method), me: myName(), leads: leads(), operator: operator() };
  const mine = (reviews ?? []).filter((one) => one.reviewer === myName() && ["assigned", "in_review"].includes(one.state));
  const others = (reviews ?? []).filter((one) => !mine.includes(one) && (one.state !== "disputed" || one.blind || !leads()));
  const none = words.t(reviews === null ? "link.connecting" : "reviews.queue.none");
  list("queue", mine.map((one) => queueCard(one, words, acts)), none);
  list("others", others.map((one) => queueCard(one, words, acts)), "");
  byId("others-section").hidden = others.length === 0;
  const open = disputed.flatMap((review) => review.disputes.filter((one) => one.ruling === null).map((one) => disputeCard(review, one, words, acts)));
  list("disputes", open, words.t("reviews.disputes.none"));
  byId("dispute-section").hidden = !leads();
  drawCalibrations();
  for (const id of ["give-open", "calibrate-open"]) byId(id).hidden = !leads();
  drawReviewers();
  // every card is made anew: the keyboard stays where it was
  if (focused) /** @type {HTMLElement|null} */ (document.querySelector(`[data-act="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
}

function drawCalibrations() {
  const acts = { me: myName(), leads: leads(), done: () => void load(words.t("reviews.sheet.sent")), close: (/** @type {Calibration} */ one) => void closeCalibration(one) };
  list("calibrations", calibrations.map((one) => calibrationCard(one, words, acts)), words.t("reviews.calibrations.none"));
  const tables = calibrated.map((one) => el("div", {}, el("h3", {}, `${one.scorecard_name[words.language]} `, el("span", { class: "remark" }, one.version)), kappaTable(one.agreement, one.scorecard_name[words.language], words)));
  fill(byId("kappa"), ...tables, calibrated.length === 0 && el("p", { class: "none" }, words.t("reviews.kappa.none")));
}

function drawReviewers() {
  // asked for is the id; the title beside it is what one looks for
  fill(byId("scorecards"), ...scorecards.map((one) => el("option", { value: one.scorecard_id, label: one.name[words.language] })));
  const options = reviewers.map((one) => el("option", { value: one.reviewer }, `${one.name} (${one.open})`));
  const chosen = /** @type {HTMLSelectElement} */ (byId("give-reviewer")).value;
  fill(byId("give-reviewer"), ...options);
  if (chosen !== "") /** @type {HTMLSelectElement} */ (byId("give-reviewer")).value = chosen;
  if (byId("calibrate-reviewers").childElementCount === reviewers.length) return;
  fill(byId("calibrate-reviewers"), ...reviewers.map((one) => el("label", { class: "choice" }, el("input", { type: "checkbox", name: "reviewers", value: one.reviewer }), one.name)));
}

/** @param {string} id @param {Element[]} items @param {string} none */
const list = (id, items, none) => fill(byId(id), ...(items.length > 0 ? items : [el("li", { class: "none" }, none)]));

/** @param {Review} review @param {string} verb @param {unknown} body @param {string} method */
async function act(review, verb, body, method) {
  const answer = await send(`/v1/reviews/${encodeURIComponent(review.review_id)}/${verb}`, method, body);
  if (answer.status === 200) await load(words.name("reviews.did", verb));
  else say(byId("said"), refusedIn(words, answer.json) ?? words.t("people.failed"));
}

/** @param {Calibration} one */
async function closeCalibration(one) {
  if (!confirm(words.t("reviews.calibration.sure", { title: one.title }))) return;
  const answer = await send(`/v1/calibrations/${encodeURIComponent(one.calibration_id)}/close`, "POST");
  if (answer.status === 200) await load(words.t("reviews.calibration.closed"));
  else say(byId("said"), refusedIn(words, answer.json) ?? words.t("people.failed"));
}

/** @param {string} done what to say once the page shows it */
async function load(done = "") {
  me ??= await ask("/v1/me");
  const [found, held, agreed] = await Promise.all([ask("/v1/reviews"), ask("/v1/calibrations"), ask("/v1/calibrations/agreement")]);
  reviews = /** @type {Review[]} */ (found.reviews);
  calibrations = held.calibrations;
  calibrated = agreed.scorecards;
  if (leads()) {
    const waiting = reviews.filter((one) => one.state === "disputed");
    disputed = await Promise.all(waiting.map((one) => ask(`/v1/reviews/${encodeURIComponent(one.review_id)}`)));
    reviewers = (await ask("/v1/reviews/reviewers")).reviewers;
    scorecards = (await ask("/v1/scorecards")).scorecards;
  }
  draw();
  if (done !== "") say(byId("said"), done);
}

/** A dialog with a form. @param {string} name @param {string} path @param {(data: FormData) => unknown} bodyOf */
function dialog(name, path, bodyOf) {
  /** @type {HTMLDialogElement} */
  const box = byId(`${name}-box`);
  /** @type {HTMLFormElement} */
  const form = byId(name);
  byId(`${name}-open`).addEventListener("click", () => box.showModal());
  byId(`${name}-cancel`).addEventListener("click", () => box.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await send(path, "POST", bodyOf(new FormData(form)));
    if (answer.status !== 201) {
      say(byId(`${name}-problem`), refusedIn(words, answer.json) ?? words.t("people.failed"));
      return;
    }
    form.reset();
    say(byId(`${name}-problem`), "");
    box.close();
    await load(words.t("people.saved"));
  });
}

dialog("give", "/v1/reviews", (data) => Object.fromEntries(data));
dialog("calibrate", "/v1/calibrations", (data) => ({
  title: data.get("title"),
  scorecard_id: data.get("scorecard_id"),
  calls: String(data.get("calls")).split(/\s+/).filter((call) => call !== ""),
  reviewers: data.getAll("reviewers"),
}));
openPage((chosen) => {
  words = chosen;
  draw();
});
// names first: what is being typed in a card is not drawn over
void learnNames().catch(() => null).then(() => load()).catch(() => say(byId("said"), words.t("people.failed")));
