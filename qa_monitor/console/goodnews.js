// @ts-check
/** @import { Flag } from "./types.js" */
/** @import { Words } from "./i18n.js" */
import { el } from "./dom.js";
import { clock } from "./format.js";

/** Good news of a call as quiet green lines: no sign, no sound, no count. @param {Words} words @param {readonly Flag[]} notes */
export const goodLines = (words, notes) =>
  notes.map((note) => el("p", { class: "good" }, `${clock(note.end_s)} ${note.name[words.language]}`));
