// @ts-check
/** @import { Flag, Verdict } from "../wire/flags.js" */
/** @import { CallRecord } from "../wire/records.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { drawConsents } from "../call/consent.js";
import { drawDynamics } from "../call/dynamicsview.js";
import { createHealth } from "../call/health.js";
import { inOrder, languageOf } from "../call/transcript.js";
import { createActs } from "../flags/acts.js";
import { canBeJudged } from "../flags/verdict.js";
import { createScorePane } from "../scores/pane.js";
import { byId, el, fill, say } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { listenToKeys } from "../shared/keys.js";
import { agentOf, teamOf } from "../shared/names.js";
import { learnNames, openPage } from "../shared/page.js";
import { createTimeline } from "../timeline/timeline.js";
import { drawAgents } from "./agents.js";
import { createCasePane } from "./casepane.js";
import { createChosenFlag } from "./chosenflag.js";
import { createCommentPane } from "./commentpane.js";
import { drawFacts } from "./facts.js";
import { canBeTried, createReviewFlags } from "./flags.js";
import { secondOf } from "./hashtime.js";
import { createKnown } from "./known.js";
import { createRecording } from "./recording.js";
import { createReviewText } from "./text.js";

/** The review page: one call, what was said, how, and what was flagged. */
const JUMP_S = 5;
const TICK_MS = 1000;
const LIVE_AXIS_STEP_S = 30;
const callId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const audio = /** @type {HTMLAudioElement} */ (byId("audio"));

/** @type {Words} */
let words = wordsOf("en");
/** @type {number|null} */
let openedAt_s = null;
/** @type {Readonly<Record<string, Key>>} */
let notes = {};

const { known, load, replaceFlag } = createKnown(callId, {
  changed: () => draw(),
  loaded: () => openPanes(),
  recorded: (path) => recording.load(path),
  playing: () => recording.playing(),
});
const chosen = createChosenFlag(() => known.record?.flags ?? [], trials, {
  seek: (at_s) => recording.seek(at_s),
  judge: (flag, verdict) => judge(flag, verdict),
});
const text = createReviewText((at_s) => recording.playFrom(at_s));
const timeline = createTimeline((at_s) => recording.seek(at_s), (flag) => chosen.choose(flag));
const recording = createRecording(audio, (at_s, playing) => {
  timeline.move(at_s);
  text.move(at_s, playing);
});

const scorePane = createScorePane(callId, (from_s, to_s) => recording.hear(from_s, to_s));
const commentPane = createCommentPane(callId, recording);
const casePane = createCasePane(callId);
const drawHealth = createHealth(byId("health"));
const acts = createActs({ changed: replaceFlag, note, plan: () => draw() });
const drawFlags = createReviewFlags({
  hear: ({ evidence }) => recording.hear(evidence.clip.start_s, evidence.clip.end_s),
  judge: (flag, verdict) => judge(flag, verdict),
});

function draw() {
  const { record, peaks, transcript, status } = known;
  document.body.classList.toggle("loaded", record !== null);
  say(byId("status"), record === null ? words.t(status) : "");
  if (record === null) return;
  const { call, flags, held } = record;
  const shown = { ...record, utterances: inOrder(transcript) };
  const duration_s = lengthOf(shown);
  const title = [agentOf(words, call), teamOf(words, call)].filter((part) => part !== "").join(" · ");
  document.title = `${title} – ${words.t("product")}`;
  say(byId("title"), title);
  say(byId("call-id"), words.t("review.title", { call: call.call_id }));
  fill(byId("facts"), ...drawFacts(words, call));
  drawAgents(words, call);
  drawConsents(words, record.consents);
  fill(byId("banner"), bannerOf());
  drawHealth({ words, call, health: transcript.health });
  timeline.draw({ record: shown, peaks, words, duration_s: axisOf(duration_s) });
  text.draw({ words, utterances: shown.utterances, flags, language: languageOf(call, shown.utterances) });
  drawFlags({ words, flags, held, several: call.agents.length > 1, notes });
  acts.draw(words);
  const dynamics = transcript.dynamics ?? record.dynamics;
  fill(byId("dynamics"), dynamics === null
    ? el("p", { class: "none" }, words.t(call.state === "live" ? "dynamics.none" : "dynamics.none.ended"))
    : drawDynamics(words, dynamics, call.state === "live"));
  recording.draw(words, duration_s);
  scorePane.draw(words);
  casePane.draw(words);
  commentPane.draw(words, axisOf(duration_s));
}

/** How long the call is, by all that is known of it. @param {CallRecord} shown */
function lengthOf({ call, utterances, flags }) {
  const ends = [...utterances, ...flags].map((piece) => piece.end_s);
  return Math.max(known.peaks?.duration_s ?? 0, call.duration_s ?? 0, ...ends, 1);
}

/** The axis of a live call grows in steps, so that nothing creeps away under the pointer. @param {number} length_s */
function axisOf(length_s) {
  return known.record?.call.state === "live" ? Math.ceil(length_s / LIVE_AXIS_STEP_S) * LIVE_AXIS_STEP_S : length_s;
}

function bannerOf() {
  const state = known.record?.call.state;
  if (state === "live") return el("p", { class: "notice" }, words.t("review.live"));
  return state === "interrupted" ? el("p", { class: "notice" }, words.t("review.interrupted")) : null;
}

/** Held flags that can be judged. */
function trials() {
  const { flags, held } = known.record ?? { flags: [], held: [] };
  return held.filter((one) => canBeTried(one, flags)).map(({ flag }) => flag);
}

/** @param {Flag} flag @param {Verdict} verdict */
function judge(flag, verdict) {
  if (canBeJudged(flag) && flag.verdict !== verdict) void acts.judge(flag, verdict);
}

/** What went wrong with the last click on a flag, or nothing. @param {string} flagId @param {Key|null} key */
function note(flagId, key) {
  const { [flagId]: _, ...others } = notes;
  notes = key === null ? others : { ...others, [flagId]: key };
}

/** All is known of the call: go to where the address points, and load what stands beside it. */
function openPanes() {
  openAtSecond();
  // what cannot be loaded stays out of sight: the call itself is shown all the same
  for (const pane of [scorePane, commentPane, casePane]) void pane.load().catch(() => null);
}

/** Go to the second the address names, once: what is loaded again later does not jump. */
function openAtSecond() {
  const at_s = secondOf(location.hash);
  if (at_s === null || at_s === openedAt_s) return;
  openedAt_s = at_s;
  recording.seek(at_s);
}

openPage((chosenWords) => {
  words = chosenWords;
  draw();
});
listenToKeys({
  " ": () => recording.toggle(),
  ArrowLeft: () => recording.jump(-JUMP_S),
  ArrowRight: () => recording.jump(JUMP_S),
  j: () => chosen.step(1),
  k: () => chosen.step(-1),
  u: () => chosen.judge("useful"),
  f: () => chosen.judge("false_alarm"),
  d: () => chosen.judge("already_known"),
  z: () => void acts.undo(),
  n: () => scorePane.step(1),
  p: () => scorePane.step(-1),
  e: () => scorePane.prove(),
  c: () => commentPane.open(),
});
addEventListener("hashchange", openAtSecond);
setInterval(() => acts.draw(words), TICK_MS);
void learnNames().catch(() => null); // ids say it, too
void load();
