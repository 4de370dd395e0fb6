// @ts-check
import { say } from "../shared/dom.js";

const USUAL = "/static/shared/icon.svg";
const FLAGGED = "/static/shared/icon-flagged.svg";

/**
 * How many flags wait, where it is seen while another tab is on top: in the title and by the icon of the tab.
 *
 * @param {number} count
 * @param {string} title
 */
export function showCount(count, title) {
  say(/** @type {HTMLElement} */ (document.querySelector("title")), count === 0 ? title : `(${count}) ${title}`);
  const icon = /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=icon]"));
  const wanted = count === 0 ? USUAL : FLAGGED;
  if (icon.getAttribute("href") === wanted) return;
  icon.href = wanted;
}
