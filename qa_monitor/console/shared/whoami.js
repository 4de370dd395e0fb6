// @ts-check
/** @import { Me } from "../wire/people.js" */
import { el } from "./dom.js";
import { EVERYWHERE, navigationOf } from "./navigation.js";
import { openPage } from "./page.js";
import { ask } from "./server.js";

/** The header of every page: the way to one's other pages, and who is logged in. */

/** @param {readonly string[]} pages @param {Me|null} me */
function show(pages, me) {
  const brand = document.querySelector("header .brand");
  const tools = document.querySelector("header .tools");
  if (brand === null || tools === null) return;
  for (const link of tools.querySelectorAll(":scope > a[href^='/']")) link.remove();
  const { nav, translate } = navigationOf(pages, location.pathname);
  brand.after(nav);
  const account = el("a", { href: "/account", class: "me", "aria-current": location.pathname === "/account" ? "page" : null });
  if (me !== null) tools.append(account);
  openPage((words) => {
    translate(words);
    account.textContent = me?.account === null ? words.t("me.operator") : (me?.name ?? "");
    account.title = words.t("nav.account");
  });
}

void ask("/v1/me").then((/** @type {Me} */ me) => show(me.pages, me), () => show(EVERYWHERE, null));
