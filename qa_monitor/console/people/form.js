// @ts-check
/** @import { Cells, Kind, Person } from "../wire/people.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { refusalSpan } from "../shared/refusals.js";
import { reasonOf } from "../shared/sending.js";

/** @typedef {{status: number, json: any}} Answer */
/**
 * @typedef {object} Acts
 * @property {(kind: Kind, cells: Cells) => Promise<Answer>} save
 * @property {(kind: Kind, id: string) => Promise<Answer>} remove
 * @property {() => void} done
 */

const ROLES = ["coach", "qa_lead", "agent", "admin"];
/** The fields of each kind, with a line of help where one is needed. @type {Record<Kind, [string, Key, Key?][]>} */
const FIELDS = {
  account: [["id", "people.account", "people.account.help"], ["name", "people.name"], ["roles", "people.roles"], ["teams", "people.team", "people.teams.help"], ["agent", "people.agent", "people.agent.help"], ["shifts", "people.shifts", "people.shifts.help"], ["closed", "people.closed"]],
  team: [["id", "people.team", "people.team.help"], ["name", "people.name"], ["closed", "people.closed"]],
  agent: [["id", "people.agent", "people.agent.help"], ["name", "people.name"], ["teams", "people.team"], ["coach", "people.coach"]],
  cover: [["id", "people.absent"], ["covering", "people.covering", "people.covering.help"], ["from", "people.from", "people.from.help"], ["until", "people.until"]],
};
/** @type {Record<Kind, [Key, Key]>} */
const TITLES = {
  account: ["people.account.add", "people.account.edit"],
  team: ["people.team.add", "people.team.edit"],
  agent: ["people.agent.add", "people.agent.edit"],
  cover: ["people.cover.add", "people.cover.edit"],
};

/** The dialog in which one entry is made or changed. @param {Acts} acts */
export function createForm(acts) {
  /** @type {HTMLDialogElement} */
  const box = byId("form-box");
  /** @type {HTMLButtonElement} */
  const remove = byId("form-remove");
  /** @type {Kind} */
  let kind = "account";
  /** @type {Person|null} */
  let person = null;
  /** @type {Words} */
  let words;

  /** @param {Promise<Answer>} asked */
  async function settle(asked) {
    const answer = await asked;
    if (answer.status === 200) {
      box.close();
      acts.done();
      return;
    }
    const refusal = reasonOf(answer.json);
    fill(byId("form-problem"), refusal === null ? words.t("people.failed") : refusalSpan(words, refusal));
  }

  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    void settle(acts.save(kind, cellsOf(byId("form-fields"))));
  });
  byId("form-cancel").addEventListener("click", () => box.close());
  remove.addEventListener("click", () => void (person !== null && settle(acts.remove(kind, person.id))));
  return {
    /** @param {Kind} shown @param {Person|null} known none: a new one @param {Words} chosen */
    open(shown, known, chosen) {
      [kind, person, words] = [shown, known, chosen];
      say(byId("form-title"), words.t(TITLES[kind][known === null ? 0 : 1]));
      fill(byId("form-problem"));
      fill(byId("form-fields"), ...FIELDS[kind].map((one) => field(one, known, kind, words)));
      remove.hidden = known === null || kind === "account" || kind === "team";
      box.showModal();
    },
  };
}

/** @param {[string, Key, Key?]} one @param {Person|null} person @param {Kind} kind @param {Words} words */
function field([name, label, help], person, kind, words) {
  const value = person?.cells[name] ?? (name === "roles" ? "coach" : "");
  if (name === "roles") return roles(value.split(";"), label, words);
  const id = `field-${name}`;
  if (name === "closed") {
    if (person === null) return null;
    return el("p", { class: "field" }, el("label", { class: "choice" }, el("input", { type: "checkbox", name, checked: value === "yes" }), words.t(kind === "team" ? "people.close.team" : "people.close.account")));
  }
  const fixed = person !== null && (name === "id" || (kind === "cover" && name === "from"));
  return el("div", { class: "field" },
    el("label", { for: id }, words.t(label)),
    el("input", { id, name, value, maxlength: 2000, autocomplete: "off", autocapitalize: "off", spellcheck: "false", readonly: fixed, required: name === "id", "aria-describedby": help && `${id}-help` }),
    help && el("p", { id: `${id}-help`, class: "remark" }, words.t(help)));
}

/** @param {string[]} held @param {Key} label @param {Words} words */
function roles(held, label, words) {
  const choice = (/** @type {string} */ role) =>
    el("label", { class: "choice" }, el("input", { type: "checkbox", name: "roles", value: role, checked: held.includes(role) }), words.name("role", role));
  return el("fieldset", { class: "field" }, el("legend", {}, words.t(label)), ...ROLES.map(choice));
}

/** What the form says, as the cells of a row. @param {Element} fields @returns {Cells} */
function cellsOf(fields) {
  /** @type {Cells} */
  const cells = {};
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (fields.querySelectorAll("input"))) {
    if (input.name === "roles") cells.roles = [cells.roles ?? "", input.checked ? input.value : ""].filter((role) => role !== "").join(";");
    else cells[input.name] = input.type === "checkbox" ? (input.checked ? "yes" : "") : input.value;
  }
  return cells;
}
