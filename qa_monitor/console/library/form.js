// @ts-check
/** @import { Choices } from "../wire/library.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";
import { nameAnywhere } from "../shared/names.js";
import { addressOf, NEWEST } from "./query.js";

/** @typedef {HTMLInputElement|HTMLSelectElement} Field */

/** The form of filters: shows what the address asks for, and says what it holds. */
export function createForm() {
  const form = /** @type {HTMLFormElement} */ (byId("asked"));
  const fields = () => /** @type {Field[]} */ ([...form.elements].filter((field) => "name" in field && field.name !== ""));
  /** @type {Choices} */
  let choices = { tenants: [], teams: [], agents: [], rules: [], rule_names: {} };

  /** @param {Field} field @param {string} value */
  const put = (field, value) => {
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === field.value;
    else {
      // a team that has no calls any more, or a value from an old link, is shown as it is
      if (field instanceof HTMLSelectElement && value !== "" && ![...field.options].some((option) => option.value === value)) {
        field.append(el("option", { value }, value));
      }
      field.value = field.name === "sort" && value === "" ? NEWEST : value;
    }
    field.classList.toggle("set", value !== "" && field.name !== "sort");
  };
  return {
    form,
    read: () => addressOf(/** @type {[string, string][]} */ ([...new FormData(form)].filter(([, value]) => typeof value === "string"))),
    /** @param {URLSearchParams} address */
    show: (address) => {
      for (const field of fields()) put(field, address.get(field.name) ?? "");
    },
    /** @param {Choices} found */
    offer: (found) => {
      choices = found;
    },
    /** @param {Words} words */
    draw: (words) => {
      for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll("select[data-family]"))) {
        const family = select.dataset.family ?? "";
        const known = (select.dataset.values ?? "").split(" ").map((value) => ({ value, text: words.name(family, value) }));
        const optional = select.closest(".filters") !== null;
        options(select, optional ? [{ value: "", text: words.t("library.any") }, ...known] : known);
      }
      const any = { value: "", text: words.t("library.any") };
      options(byId("team"), [any, ...choices.teams.map((value) => ({ value, text: nameAnywhere(words.names.teams, value) || value }))]);
      options(byId("rule"), [any, ...choices.rules.map((value) => ({ value, text: choices.rule_names[value]?.[words.language] ?? value.replaceAll("_", " ") })).sort((a, b) => a.text.localeCompare(b.text, words.locale))]);
      // what is asked for is the id; the name beside it is what one looks for
      fill(byId("agents"), ...choices.agents.map((value) => el("option", { value, label: nameAnywhere(words.names.agents, value) || null })));
    },
  };
}

/** Replace what can be chosen; what was chosen stays. @param {HTMLSelectElement} select @param {{value: string, text: string}[]} offered */
function options(select, offered) {
  const chosen = select.value;
  fill(select, ...offered.map(({ value, text }) => el("option", { value }, text)));
  if (chosen !== "" && !offered.some(({ value }) => value === chosen)) select.append(el("option", { value: chosen }, chosen));
  if (chosen !== "" || offered[0]?.value === "") select.value = chosen;
}
