// @ts-check
/** @import { SavedSearch } from "../wire/library.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { ask, askNothing } from "../shared/server.js";

const PATH = "/v1/library/searches";

/**
 * Searches with a name, as links above the filters, and the form that names one.
 *
 * @param {{here: () => string, go: (query: string) => void}} page `here`: the query of the search on the page now
 */
export function createSaved(page) {
  const box = /** @type {HTMLDialogElement} */ (byId("save-box"));
  const name = /** @type {HTMLInputElement} */ (byId("save-name"));
  const shared = /** @type {HTMLInputElement} */ (byId("save-shared"));
  /** @type {SavedSearch[]} */
  let searches = [];
  /** @type {Words|null} */
  let words = null;

  const draw = () => {
    if (words === null) return;
    byId("saved").hidden = searches.length === 0;
    fill(byId("saved"), el("span", { class: "asked", "aria-hidden": "true" }, words.t("library.saved")), ...searches.map(item));
  };
  /** @param {SavedSearch} search */
  const item = (search) => {
    const known = /** @type {Words} */ (words);
    const open = (/** @type {Event} */ event) => {
      event.preventDefault();
      page.go(search.query);
    };
    const label = known.t("library.saved.remove", { name: search.name });
    return el("span", { class: "one" },
      el("a", { class: "button", href: `/calls?${search.query}`, onclick: open, "aria-current": search.query === page.here() ? "true" : null, title: search.shared ? known.t("library.saved.shared") : null }, search.name),
      search.own && el("button", { type: "button", "aria-label": label, title: label, onclick: () => void remove(search) }, "×"));
  };
  const load = async () => {
    // without them the page works all the same
    searches = await ask(PATH).then((found) => found.searches, () => searches);
    draw();
  };
  /** @param {SavedSearch} search */
  const remove = async (search) => {
    await askNothing(`${PATH}/${encodeURIComponent(search.search_id)}`, { method: "DELETE" }).catch(() => null);
    await load();
  };
  const save = async () => {
    const body = JSON.stringify({ name: name.value, query: page.here(), shared: shared.checked });
    const options = { method: "POST", headers: { "content-type": "application/json" }, body };
    try {
      await ask(PATH, options);
      box.close();
      await load();
    } catch {
      if (words !== null) say(byId("save-problem"), words.t("library.save.failed"));
    }
  };
  byId("save-open").addEventListener("click", () => {
    name.value = "";
    say(byId("save-problem"), "");
    box.showModal();
  });
  byId("save-cancel").addEventListener("click", () => box.close());
  byId("save-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
  void load();
  return {
    /** @param {Words} chosen */
    draw: (chosen) => {
      words = chosen;
      draw();
    },
  };
}
