// @ts-check
/** @import { Peaks } from "../wire/calls.js" */
/** @import { Flag, Verdict } from "../wire/flags.js" */
/** @import { CallRecord } from "../wire/records.js" */
/** @import { Transcript, TranscriptEvent } from "../call/transcript.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { drawConsents } from "../call/consent.js";
import { drawDynamics } from "../call/dynamicsview.js";
import { createHealth } from "../call/health.js";
import { applyCallEvent, inOrder, languageOf, NO_WORDS } from "../call/transcript.js";
import { createActs } from "../flags/acts.js";
import { canBeJudged } from "../flags/verdict.js";
import { createScorePane } from "../scores/pane.js";
import { follow } from "../shared/connection.js";
import { byId, el, fill, say } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { listenToKeys } from "../shared/keys.js";
import { agentOf, teamOf } from "../shared/names.js";
import { learnNames, openPage } from "../shared/page.js";
import { ask, callPath, RequestFailed } from "../shared/server.js";
import { createTimeline } from "../timeline/timeline.js";
import { drawAgents } from "./agents.js";
import { createCasePane } from "./casepane.js";
import { createCommentPane } from "./commentpane.js";
import { drawFacts } from "./facts.js";
import { createReviewFlags } from "./flags.js";
import { secondOf } from "./hashtime.js";
import { createRecording } from "./recording.js";
import { createReviewText } from "./text.js";

/** The review page: one call, what was said, how, and what was flagged. */
const JUMP_S = 5;
const REFRESH_MS = 5000;
const TICK_MS = 1000;
const LIVE_AXIS_STEP_S = 30;
const callId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const audio = /** @type {HTMLAudioElement} */ (byId("audio"));

/** @type {Words} */
let words = wordsOf("en");
/** @type {CallRecord|null} */
let record = null;
/** @type {Peaks|null} */
let peaks = null;
/** @type {Transcript} */
let transcript = NO_WORDS;
/** @type {"review.loading"|"review.missing"|"review.failed"} */
let status = "review.loading";
let flagPlace = -1;
/** @type {number|null} */
let openedAt_s = null;
/** @type {Readonly<Record<string, Key>>} */
let notes = {};

const text = createReviewText((at_s) => recording.playFrom(at_s));
const timeline = createTimeline((at_s) => recording.seek(at_s), (flag) => chooseFlag(flag));
const recording = createRecording(audio, (at_s, playing) => {
  timeline.move(at_s);
  text.move(at_s, playing);
});

const scorePane = createScorePane(callId, (from_s, to_s) => recording.hear(from_s, to_s));
const commentPane = createCommentPane(callId, recording);
const casePane = createCasePane(callId);
const drawHealth = createHealth(byId("health"));
const acts = createActs({ changed: (flag) => replaceFlag(flag), note, plan: () => draw() });
const drawFlags = createReviewFlags({
  hear: ({ evidence }) => recording.hear(evidence.clip.start_s, evidence.clip.end_s),
  judge: (flag, verdict) => judge(flag, verdict),
});

function draw() {
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
    ? el("p", { class: "none" }, words.t("dynamics.none"))
    : drawDynamics(words, dynamics, call.state === "live"));
  recording.draw(words, duration_s);
  scorePane.draw(words);
  casePane.draw(words);
  commentPane.draw(words, axisOf(duration_s));
}

/** How long the call is, by all that is known of it. @param {CallRecord} shown */
function lengthOf({ call, utterances, flags }) {
  const ends = [...utterances, ...flags].map((piece) => piece.end_s);
  return Math.max(peaks?.duration_s ?? 0, call.duration_s ?? 0, ...ends, 1);
}

/** The axis of a live call grows in steps, so that nothing creeps away under the pointer. @param {number} length_s */
function axisOf(length_s) {
  return record?.call.state === "live" ? Math.ceil(length_s / LIVE_AXIS_STEP_S) * LIVE_AXIS_STEP_S : length_s;
}

function bannerOf() {
  const state = record?.call.state;
  if (state === "live") return el("p", { class: "notice" }, words.t("review.live"));
  return state === "interrupted" ? el("p", { class: "notice" }, words.t("review.interrupted")) : null;
}

/** @param {Flag} flag */
function chooseFlag(flag) {
  flagPlace = orderedFlags().indexOf(flag);
  recording.seek(flag.start_s);
  const item = document.getElementById(`flag-${flag.flag_id}`);
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
}

const orderedFlags = () => [...(record?.flags ?? [])].sort((a, b) => a.start_s - b.start_s);

/** @param {1|-1} step */
function stepFlag(step) {
  const flags = orderedFlags();
  if (flags.length === 0) return;
  chooseFlag(flags[Math.max(0, Math.min(flags.length - 1, flagPlace + step))]);
}

/** @param {Flag} flag @param {Verdict} verdict */
function judge(flag, verdict) {
  if (canBeJudged(flag) && flag.verdict !== verdict) void acts.judge(flag, verdict);
}

/** A key on the flag that has the keyboard, or was gone to last. @param {Verdict} verdict */
function judgeChosen(verdict) {
  const item = document.activeElement?.closest("#review-flags li");
  const flag = orderedFlags().find(({ flag_id }) => item?.id === `flag-${flag_id}`) ?? orderedFlags()[flagPlace];
  if (flag) judge(flag, verdict);
}

/** What went wrong with the last click on a flag, or nothing. @param {string} flagId @param {Key|null} key */
function note(flagId, key) {
  const { [flagId]: _, ...others } = notes;
  notes = key === null ? others : { ...others, [flagId]: key };
}

/** How a flag stands now. @param {Flag} fresh */
function replaceFlag(fresh) {
  if (record === null) return;
  record = { ...record, flags: record.flags.map((flag) => (flag.flag_id === fresh.flag_id ? fresh : flag)) };
}

async function load() {
  try {
    record = await ask(callPath(callId));
  } catch (error) {
    status = error instanceof RequestFailed && error.status === 404 ? "review.missing" : "review.failed";
    return draw();
  }
  transcript = NO_WORDS;
  for (const utterance of record?.utterances ?? []) {
    transcript = applyCallEvent(transcript, { type: "utterance", utterance });
  }
  await loadAudio();
  draw();
  openAtSecond();
  // what cannot be loaded stays out of sight: the call itself is shown all the same
  for (const pane of [scorePane, commentPane, casePane]) void pane.load().catch(() => null);
  if (record?.call.state === "live") followLive();
  else if (record?.call.blind === "later") awaitText();
}

/** Go to the second the address names, once: what is loaded again later does not jump. */
function openAtSecond() {
  const at_s = secondOf(location.hash);
  if (at_s === null || at_s === openedAt_s) return;
  openedAt_s = at_s;
  recording.seek(at_s);
}

/** The call is over, but its text is still to come: look again until it is all there. */
function awaitText() {
  const waiting = setInterval(async () => {
    const fresh = document.hidden ? null : await ask(callPath(callId)).catch(() => null);
    if (fresh === null || record === null) return;
    if (fresh.call.blind === "later" && fresh.utterances.length === record.utterances.length) return;
    clearInterval(waiting);
    void load();
  }, REFRESH_MS);
}

async function loadAudio() {
  // no peaks means no recording is kept: said in words on the page
  peaks = await ask(`${callPath(callId)}/peaks`).catch(() => null);
  // a longer recording is another address: browsers keep what they have read of the shorter one
  if (peaks !== null) recording.load(`${callPath(callId)}/audio?kept=${peaks.duration_s.toFixed(2)}`);
}

/**
 * While the call goes on, words come in as they are spoken, and flags and audio every few seconds; at its end
 * everything is loaded once more.
 */
function followLive() {
  const growing = setInterval(() => void grow(), REFRESH_MS);
  const stream = follow(`${callPath(callId)}/stream`, {
    names: ["utterance", "dynamics", "health", "ended"],
    onLink: (link) => take({ type: link === "open" ? "reopened" : "lost" }),
    onEvent: (name, data) => {
      if (name === "utterance") take({ type: name, utterance: data });
      else if (name === "dynamics") take({ type: name, dynamics: data });
      else if (name === "health") take({ type: name, health: data });
      else {
        clearInterval(growing);
        stream.close();
        void load();
      }
    },
  });
}

/** @param {TranscriptEvent} event */
function take(event) {
  transcript = applyCallEvent(transcript, event);
  draw();
}

async function grow() {
  if (document.hidden) return;
  const fresh = await ask(callPath(callId)).catch(() => null); // the stream says when the service is gone
  if (record === null || fresh?.call.state !== "live") return; // its end comes over the stream
  const { flags, held, gaps } = record;
  record = { ...fresh, flags: kept(flags, fresh.flags), held: kept(held, fresh.held), gaps: kept(gaps, fresh.gaps) };
  if (!recording.playing()) await loadAudio();
  draw();
}

/** The older of two equal lists: what was drawn from it need not be drawn again. @template T @param {T} old @param {T} fresh */
const kept = (old, fresh) => (JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh);

openPage((chosen) => {
  words = chosen;
  draw();
});
listenToKeys({
  " ": () => recording.toggle(),
  ArrowLeft: () => recording.jump(-JUMP_S),
  ArrowRight: () => recording.jump(JUMP_S),
  j: () => stepFlag(1),
  k: () => stepFlag(-1),
  u: () => judgeChosen("useful"),
  f: () => judgeChosen("false_alarm"),
  d: () => judgeChosen("already_known"),
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
