// @ts-check
/** @import { Kind, Person } from "../wire/people.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { el, fill } from "../shared/dom.js";

/** @typedef {{edit: (person: Person) => void, password: (person: Person) => void}} Acts */

/** What each table shows, besides what can be done. @type {Record<Kind, [string, Key][]>} */
const COLUMNS = {
  account: [["id", "people.account"], ["name", "people.name"], ["roles", "people.roles"], ["teams", "people.team"], ["shifts", "people.shifts"], ["now", "people.now"]],
  team: [["id", "people.team"], ["name", "people.name"], ["coaches", "people.coaches"], ["rules", "people.rules"]],
  agent: [["id", "people.agent"], ["name", "people.name"], ["teams", "people.team"], ["coach", "people.coach"]],
  cover: [["id", "people.absent"], ["covering", "people.covering"], ["from", "people.from"], ["until", "people.until"]],
};

/**
 * One row per entry, by name, closed ones last; absences in the order they come in.
 *
 * @param {Element} table
 * @param {Kind} kind
 * @param {Person[]} people
 * @param {Words} words
 * @param {Acts} acts
 */
export function drawTable(table, kind, people, words, acts) {
  const focused = document.activeElement?.getAttribute("data-act");
  const heads = COLUMNS[kind].map(([, key]) => el("th", { scope: "col" }, words.t(key)));
  const ordered = kind === "cover" ? people : [...people].sort(byName);
  fill(table,
    el("thead", {}, el("tr", {}, ...heads, el("th", { scope: "col" }, el("span", { class: "unseen" }, words.t("people.acts"))))),
    el("tbody", {}, ...ordered.map((person) => row(person, words, acts)), people.length === 0 && nobody(kind, words)));
  // every row is made anew: the keyboard stays where it was
  if (focused) /** @type {HTMLElement|null} */ (table.querySelector(`[data-act="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
}

/** Agents are never closed. @param {Person} a @param {Person} b */
const byName = (a, b) => (a.cells.closed ?? "").localeCompare(b.cells.closed ?? "") || a.id.localeCompare(b.id);

/** @param {Person} person @param {Words} words @param {Acts} acts */
function row(person, words, acts) {
  const cells = COLUMNS[person.kind].map(([name], index) => el("td", { class: index === 0 && "key" }, cell(person, name, words)));
  const name = { name: person.id };
  const buttons = [
    person.kind === "account" && person.cells.closed === "" &&
      el("button", { type: "button", "data-act": `password ${person.id}`, "aria-label": words.t("people.password.of", name), onclick: () => acts.password(person) }, words.t("people.password.give")),
    el("button", { type: "button", "data-act": `edit ${person.kind} ${person.id}`, "aria-label": words.t("people.edit.of", name), onclick: () => acts.edit(person) }, words.t("people.edit")),
  ];
  return el("tr", { class: person.cells.closed === "yes" && "closed" }, ...cells, el("td", {}, ...buttons));
}

/** @param {Person} person @param {string} column @param {Words} words */
function cell(person, column, words) {
  const text = person.cells[column] ?? "";
  switch (column) {
    case "roles":
      return text.split(";").map((role) => words.name("role", role)).join(", ");
    case "teams":
      return text === "*" ? words.t("people.every_team") : text.replaceAll(";", ", ");
    case "shifts":
      return text === "" && person.cells.roles.includes("coach") ? words.t("people.always") : text.replaceAll(";", ", ");
    case "from":
    case "until":
      return new Date(text).toLocaleString(words.locale, { dateStyle: "short", timeStyle: "short" });
    case "rules":
      return person.rules ?? "";
    case "coaches":
      return person.cells.closed === "yes" ? words.t("people.closed") : (person.cells.coaches ?? "");
    case "now":
      return now(person, words);
    default:
      return text;
  }
}

/** What a coach is doing now: word, ring and dot, so that it does not hang on colour. @param {Person} person @param {Words} words */
function now(person, words) {
  if (person.cells.closed === "yes") return words.t("people.closed");
  if (person.password === false) return words.t("people.no_password");
  if (person.working === null) return "";
  const state = !person.working ? "off" : person.online ? "online" : "works";
  return el("span", { class: `on-shift ${state}` }, el("span", { class: "spot", "aria-hidden": "true" }), words.name("people.state", state));
}

/** @param {Kind} kind @param {Words} words */
const nobody = (kind, words) => el("tr", {}, el("td", { colspan: COLUMNS[kind].length + 1, class: "none" }, words.t("people.none")));
