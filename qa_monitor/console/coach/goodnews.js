// @ts-check
/** @import { Flag } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { clock } from "../shared/format.js";

/** Good news of a call as quiet green lines: no sign, no sound, no count. @param {Words} words @param {readonly Flag[]} notes */
export const goodLines = (words, notes) =>
  notes.map((note) => el("p", { class: "good" }, `${clock(note.end_s)} ${note.name[words.language]}`));
