// @ts-check
import { byId, say } from "../shared/dom.js";
import { openPage } from "../shared/page.js";

/** The log-in page: says in words what went wrong, and goes back to where the person came from. */
const KNOWN_ERRORS = ["wrong", "password", "expired", "slow", "missing"];
const query = new URLSearchParams(location.search);
const next = query.get("next") ?? "/";
const error = query.get("error");

for (const id of ["next", "next-token"]) /** @type {HTMLInputElement} */ (byId(id)).value = isOwnPath(next) ? next : "/";

openPage((words) => {
  document.title = `${words.t("login.title")} – ${words.t("product")}`;
  if (error === null) return;
  say(byId("error"), words.name("login.error", KNOWN_ERRORS.includes(error) ? error : "other"));
});

/** A path on this very server: `//elsewhere` and `/\elsewhere` are not. @param {string} path */
function isOwnPath(path) {
  return /^\/(?![/\\])/.test(path);
}
