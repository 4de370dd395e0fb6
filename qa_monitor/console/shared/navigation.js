// @ts-check
/** @import { Key, Words } from "./i18n.js" */
import { el, fill, say } from "./dom.js";

/** The way from page to page: the same on every page, in this order, without the pages that are not one's own. */
const PLACES = /** @type {const} */ ([
  ["/", "nav.live", "nav.live.title"],
  ["/mine", "nav.mine", "nav.mine.title"],
  ["/calls", "nav.library", "nav.library.title"],
  ["/reviews", "nav.reviews", "nav.reviews.title"],
  ["/reports", "nav.reports", "nav.reports.title"],
  ["/customers", "nav.customers", "nav.customers.title"],
  ["/rules", "nav.rules", "nav.rules.title"],
  ["/wall", "nav.wall", "nav.wall.title"],
  ["/people", "nav.people", "nav.people.title"],
  ["/arrivals", "nav.arrivals", "nav.arrivals.title"],
  ["/latency", "nav.latency", "nav.latency.title"],
]);
/** As many fit beside each other on the coach page in French; what is beyond is in a menu, unless it is one page only. */
const BESIDE = 5;

/**
 * Which places are beside each other, and which are in the menu. An agent's page is theirs alone: who may look at live
 * calls finds the agent's there.
 *
 * @param {readonly string[]} pages those that are one's own
 */
export function partsOf(pages) {
  const own = PLACES.filter(([path]) => pages.includes(path) && !(path === "/mine" && pages.includes("/")));
  const beside = own.length <= BESIDE + 1 ? own.length : BESIDE;
  return { beside: own.slice(0, beside), menu: own.slice(beside) };
}

/**
 * Is this link that of the page one looks at? A call is among the calls.
 *
 * @param {string} path of the link @param {string} here
 */
const leadsHere = (path, here) => path === here || (path === "/calls" && here.startsWith("/calls/"));

/**
 * Links to these pages, to be put into the header; `translate` puts them into another language.
 *
 * @param {readonly string[]} pages those that are one's own
 * @param {string} here the path of the page one looks at
 */
export function navigationOf(pages, here) {
  const { beside, menu } = partsOf(pages);
  /** @type {((words: Words) => void)[]} */
  const worded = [];
  const link = (/** @type {readonly [string, Key, Key]} */ [path, key, title]) => {
    const found = el("a", { href: path, "aria-current": leadsHere(path, here) ? "page" : null });
    worded.push((words) => {
      say(found, words.t(key));
      found.title = words.t(title);
    });
    return found;
  };
  const nav = el("nav", { class: "nav" }, ...beside.map(link));
  if (menu.length > 0) nav.append(menuOf(menu.map(link), worded));
  const translate = (/** @type {Words} */ words) => {
    nav.setAttribute("aria-label", words.t("nav.label"));
    for (const put of worded) put(words);
  };
  return { nav, translate };
}

/**
 * What does not fit: opened by Enter or a click, closed by Escape and by going elsewhere.
 *
 * @param {HTMLAnchorElement[]} links @param {((words: Words) => void)[]} worded
 */
function menuOf(links, worded) {
  const summary = el("summary");
  const here = links.some((one) => one.hasAttribute("aria-current"));
  const menu = el("details", { class: here ? "more here" : "more" }, summary, el("ul", {}, ...links.map((one) => el("li", {}, one))));
  worded.push((words) => fill(summary, words.t("nav.more")));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    summary.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  return menu;
}

/** All of them: for when it is not known who looks, and the server refuses what is not theirs. */
export const EVERYWHERE = PLACES.map(([path]) => path).filter((path) => path !== "/mine");
