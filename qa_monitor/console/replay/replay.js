// @ts-check
/** @import { Difference, FlagPair, FlagSide, Replay, WordsPair } from "../wire/replay.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { clock, number } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { openPage } from "../shared/page.js";
import { ask, callPath, RequestFailed, reviewPath } from "../shared/server.js";

/** One call gone through again by the rules and models of today, beside what is kept of it. */
const LOOK_MS = 500;
const callId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const path = `${callPath(callId)}/replay`;

/** @type {Words} */
let words = wordsOf("en");
/** @type {Replay|null} */
let replay = null;
/** @type {Key|null} what went wrong with the last request */
let problem = null;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let looking;

const what = /** @type {HTMLSelectElement} */ (byId("what"));
const speed = /** @type {HTMLSelectElement} */ (byId("speed"));
const start = /** @type {HTMLButtonElement} */ (byId("start"));
const progress = /** @type {HTMLProgressElement} */ (byId("progress"));
const all = /** @type {HTMLInputElement} */ (byId("all"));

function draw() {
  document.title = `${words.t("replay.title")} – ${words.t("product")}`;
  const link = /** @type {HTMLAnchorElement} */ (byId("call"));
  link.href = reviewPath(callId);
  say(link, words.t("replay.call", { call: callId }));
  const running = replay?.state === "running";
  start.disabled = running;
  speed.disabled = what.value === "text";
  byId("stop").hidden = !running;
  progress.hidden = !running;
  progress.value = replay === null || replay.duration_s <= 0 ? 0 : Math.min(1, replay.at_s / replay.duration_s);
  say(byId("status"), statusOf());
  const difference = replay?.difference ?? null;
  byId("outcome").hidden = difference === null;
  if (difference !== null) drawOutcome(difference);
}

function statusOf() {
  if (problem !== null) return words.t(problem);
  if (replay === null || replay.state === "done") return "";
  if (replay.state === "running") return words.t("replay.at", { at: clock(replay.at_s), of: clock(replay.duration_s) });
  return words.t(replay.state === "stopped" ? "replay.stopped" : "replay.failed");
}

/** @param {Difference} found */
function drawOutcome(found) {
  const counts = { new: 0, gone: 0, changed: 0, same: 0 };
  for (const { change } of found.flags) counts[change] += 1;
  say(byId("verdict"), found.same ? words.t("replay.same") : words.t("replay.differs", counts));
  fill(byId("remarks"), ...remarksOf(found).map((remark) => el("li", {}, remark)));
  fill(byId("flags"), ...tableOf(found.flags.map(flagRow), "replay.flags.none"));
  byId("words-panel").hidden = replay?.what === "text";
  const shown = found.utterances.filter((pair) => all.checked || pair.change !== "same" || pair.score_changed);
  fill(byId("words"), ...tableOf(shown.map(wordsRow), "replay.words.none"));
}

/** @param {Difference} found */
function remarksOf(found) {
  if (replay?.what === "text") return [words.t("replay.of_text")];
  return [
    words.t(found.as_live ? "replay.as_live" : "replay.steady"),
    ...(found.strayed > 0 ? [words.t("replay.strayed")] : []),
    ...(found.shared_passes > 0 ? [words.plural("replay.shared", found.shared_passes)] : []),
  ];
}

/** @param {HTMLTableRowElement[]} rows @param {Key} none */
function tableOf(rows, none) {
  const head = el("thead", {}, el("tr", {},
    el("th", { class: "when", scope: "col" }, words.t("replay.when")),
    el("th", { class: "change", scope: "col" }, words.t("replay.change")),
    el("th", { scope: "col" }, words.t("replay.before")),
    el("th", { scope: "col" }, words.t("replay.now"))));
  const empty = el("tr", {}, el("td", { colspan: 4, class: "none" }, words.t(none)));
  return [head, el("tbody", {}, ...(rows.length === 0 ? [empty] : rows))];
}

/** @param {FlagPair} pair */
function flagRow({ change, before, now }) {
  return el("tr", { class: change },
    el("td", {}, clock((before ?? now)?.start_s ?? 0)),
    el("td", { class: "change" }, words.name("replay.change", change)),
    el("td", {}, ...flagCell(before)),
    el("td", {}, ...flagCell(now)));
}

/** @param {FlagSide|null} side */
function flagCell(side) {
  if (side === null) return ["–"];
  return [
    el("p", {}, el("b", {}, side.name[words.language]), ` · ${words.name("priority", side.priority)} · ${words.name("state", side.state)}`),
    side.text === "" ? null : el("p", {}, side.text),
    el("p", { class: "remark" }, words.t("replay.rule", { rule: side.rule_id, version: side.rule_version }),
      side.raised_s !== null && ` · ${words.t("replay.decided", { s: number(words.language, side.raised_s) })}`),
  ];
}

/** @param {WordsPair} pair */
function wordsRow({ change, score_changed, before, now }) {
  const side = before ?? now;
  return el("tr", { class: change },
    el("td", {}, clock(side?.start_s ?? 0)),
    el("td", { class: "change" }, words.name("replay.change", change), score_changed ? el("p", { class: "remark" }, words.t("replay.score")) : null),
    el("td", {}, ...(before === null ? ["–"] : [el("b", {}, words.name("speaker", before.speaker)), ` ${before.text}`])),
    el("td", {}, ...(now === null ? ["–"] : [el("b", {}, words.name("speaker", now.speaker)), ` ${now.text}`])));
}

/** @param {string} address @param {RequestInit} options */
async function request(address, options) {
  try {
    replay = await ask(address, options);
    problem = null;
  } catch (error) {
    const status = error instanceof RequestFailed ? error.status : 0;
    problem = status === 409 ? "replay.busy" : status === 404 ? "review.missing" : status === 422 ? "replay.live" : "review.failed";
  }
  clearTimeout(looking);
  if (replay?.state === "running" && problem === null) {
    const again = `${path}/${replay.replay_id}`;
    looking = setTimeout(() => void request(again, {}), LOOK_MS);
  }
  draw();
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const body = JSON.stringify({ what: what.value, speed: what.value === "text" || speed.value === "" ? null : Number(speed.value) });
  void request(path, { method: "POST", body, headers: { "content-type": "application/json", accept: "application/json" } });
});
byId("stop").addEventListener("click", () => {
  if (replay !== null) void request(`${path}/${replay.replay_id}`, { method: "DELETE" });
});
what.addEventListener("change", draw);
all.addEventListener("change", draw);
openPage((chosen) => {
  words = chosen;
  draw();
});
