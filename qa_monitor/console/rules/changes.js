// @ts-check
/** @import { Change } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */

/** What becomes of the rules for some calls, in one line. @param {Change} change @param {Words} words */
export function changeWords(change, words) {
  const changed = change.changed.map((one) => (one.fields.length > 0 ? `${one.rule_id} (${one.fields.join(", ")})` : one.rule_id));
  const told = [
    change.added.length > 0 && words.t("rules.added", { rules: change.added.join(", ") }),
    change.removed.length > 0 && words.t("rules.removed", { rules: change.removed.join(", ") }),
    changed.length > 0 && words.t("rules.changed", { rules: changed.join(", ") }),
  ];
  return told.filter((one) => one !== false).join(" ");
}
