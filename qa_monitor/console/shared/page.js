// @ts-check
/** @import { Language } from "../wire/calls.js" */
/** @import { TeamAgents } from "../wire/people.js" */
/** @import { Key, Words } from "./i18n.js" */
import { say } from "./dom.js";
import { chooseLanguage, wordsOf } from "./i18n.js";
import { namesOf, NO_NAMES } from "./names.js";
import { ask } from "./server.js";

const SAVED = "qa-monitor.language";
let names = NO_NAMES;
/** @type {(() => void)[]} all that is drawn in words */
const drawings = [];

/**
 * Put the page into the person's language, now and whenever they switch. Elements say what they hold by `data-i18n`
 * (text), `data-i18n-title` (title) and `data-i18n-label` (name for screen readers).
 *
 * @param {(words: Words) => void} onWords called at once, after every switch, and when names are learned
 */
export function openPage(onWords) {
  let chosen = chooseLanguage(recall(SAVED), navigator.languages);
  const use = (/** @type {Language} */ language) => {
    chosen = language;
    const words = wordsOf(language, navigator.languages, names);
    translate(document, words);
    onWords(words);
  };
  for (const button of languageButtons()) {
    button.addEventListener("click", () => {
      const language = chooseLanguage(button.lang, []);
      remember(SAVED, language);
      use(language);
    });
  }
  drawings.push(() => use(chosen));
  use(chosen);
}

/**
 * Ask what agents, teams and colleagues are called, and draw again where that is news. Raises `RequestFailed`: ids stay.
 *
 * @returns {Promise<TeamAgents>}
 */
export async function learnNames() {
  /** @type {TeamAgents} */
  const found = await ask("/v1/agents");
  const fresh = namesOf(found);
  if (!same(fresh.agents, names.agents) || !same(fresh.teams, names.teams) || !same(fresh.accounts, names.accounts)) {
    names = fresh;
    for (const draw of drawings) draw();
  }
  return found;
}

/** @param {ReadonlyMap<string, string>} one @param {ReadonlyMap<string, string>} other */
const same = (one, other) => one.size === other.size && [...one].every(([key, name]) => other.get(key) === name);

/** @param {Document} page @param {Words} words */
function translate(page, words) {
  page.documentElement.lang = words.language;
  const each = (/** @type {string} */ name, /** @type {(element: Element, text: string) => void} */ put) => {
    for (const element of page.querySelectorAll(`[${name}]`)) {
      put(element, words.t(/** @type {Key} */ (element.getAttribute(name))));
    }
  };
  each("data-i18n", say);
  each("data-i18n-title", (element, text) => element.setAttribute("title", text));
  each("data-i18n-label", (element, text) => element.setAttribute("aria-label", text));
  for (const button of languageButtons()) button.setAttribute("aria-pressed", String(button.lang === words.language));
}

/** @returns {NodeListOf<HTMLButtonElement>} */
const languageButtons = () => document.querySelectorAll("#language button");

/** A choice kept in this browser; none where storage is refused. @param {string} key @returns {string|null} */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off: the page works, choices last until it closes
  }
}

/** Keep a choice in this browser, where it lets us. @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // storage is switched off or full: the choice holds until the page closes
  }
}
