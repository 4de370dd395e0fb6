// @ts-check
import { byId, el } from "../shared/dom.js";
import { openPage } from "../shared/page.js";
import { ask, reviewPath } from "../shared/server.js";

/** On the page of a call: the way to go through it again, for those who may. */
const LEADS_PAGE = "/rules";

void ask("/v1/me").then((me) => {
  if (!me.pages.includes(LEADS_PAGE)) return;
  const callId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  const link = el("a", { href: `${reviewPath(callId)}/replay` });
  byId("call-id").after(el("p", {}, link));
  openPage((words) => {
    link.textContent = words.t("replay.link");
  });
}, () => null);
