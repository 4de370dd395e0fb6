// @ts-check
/** @import { Asked, Schedule } from "./reporttypes.js" */
/** @import { Words } from "./i18n.js" */
import { byId, el, fill, say } from "./dom.js";
import { wordsOf } from "./i18n.js";
import { refusalIn, refusalSpan } from "./refusals.js";
import { ask } from "./server.js";

/** Reports that are delivered by themselves. Not shown to those who may not make any. */
const OFTEN = ["week", "month"];

/** @param {() => Asked} asked the report that is shown now */
export function openSchedules(asked) {
  /** @type {Words} */
  let words = wordsOf("en");
  /** @type {Schedule[]} */
  let schedules = [];
  /** @type {string[]} */
  let targets = [];
  let failed = false;
  const select = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ (byId(id));

  function draw() {
    const nowhere = targets.length === 0;
    say(byId("schedules-help"), words.t(nowhere ? "report.nowhere" : "report.schedules.help"));
    byId("schedule-form").hidden = nowhere;
    const often = select("often").value || OFTEN[0];
    fill(byId("often"), ...OFTEN.map((value) => el("option", { value }, words.name("report.often", value))));
    select("often").value = often;
    fill(byId("to"), ...targets.map((value) => el("option", { value }, value === "folder" ? words.t("report.folder") : value)));
    say(byId("schedules-said"), failed ? words.t("report.schedule.failed") : "");
    fill(byId("schedule-list"), ...schedules.map(item));
  }

  /** @param {Schedule} schedule */
  function item(schedule) {
    const to = schedule.to === "folder" ? words.t("report.folder") : schedule.to;
    const last = schedule.runs[0];
    const name = words.t("report.schedule.one", {
      kind: words.name("report.kind", schedule.kind), by: lower(words.name("report.by", schedule.by)), often: lower(words.name("report.often", schedule.often)),
      hour: schedule.hour, zone: schedule.zone, form: schedule.form.toUpperCase(), to,
    });
    return el("li", {},
      el("span", {}, name),
      el("span", { class: "remark" }, last === undefined ? words.t("report.schedule.never")
        : words.t("report.schedule.last", { period: last.shown[words.language], state: words.name("report.run", last.state) }),
      last?.problem && " ", last?.problem && refusalSpan(words, last.problem)),
      schedule.problem !== null && el("span", { class: "strain" }, refusalIn(words, `to: ${schedule.problem}`).replace(/^to: /, "")),
      el("button", { type: "button", "aria-label": words.t("report.schedule.remove", { name }), onclick: () => void remove(schedule) }, words.t("report.remove")));
  }

  /** @param {string} text */
  const lower = (text) => text.toLocaleLowerCase(words.locale);

  async function load() {
    try {
      const found = await ask("/v1/report-schedules");
      ({ schedules, targets } = found);
      failed = false;
    } catch {
      failed = true;
    }
    draw();
  }

  /** @param {Schedule} schedule */
  async function remove(schedule) {
    const answer = await fetch(`/v1/report-schedules/${schedule.schedule_id}`, { method: "DELETE" }).catch(() => null);
    await load();
    if (!answer?.ok) failed = true;
    draw();
  }

  byId("schedule-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { kind, by, zone } = asked();
    const often = select("often").value;
    const body = {
      kind, by, zone, often, every: often === "week" ? "day" : "week", hour: Number(/** @type {HTMLInputElement} */ (byId("hour")).value),
      form: select("form").value, to: select("to").value, language: words.language,
    };
    const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch("/v1/report-schedules", options).catch(() => null);
    await load();
    if (!answer?.ok) failed = true;
    draw();
  });
  void ask("/v1/me").then((me) => {
    const leads = me.account === null || me.roles.includes("qa_lead");
    byId("schedules").hidden = byId("bring").hidden = !leads;
    if (leads) void load();
  }, () => null);
  return {
    /** @param {Words} chosen */
    draw(chosen) {
      words = chosen;
      draw();
    },
  };
}
