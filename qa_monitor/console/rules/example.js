// @ts-check
/** @import { RuleScope } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { topOf } from "./rights.js";

/**
 * What one begins with where nothing is published for these calls: a whole rule, each part with what it is for. It is on
 * trial: published as it is, it is counted and tells nobody.
 *
 * @param {RuleScope} scope
 * @param {Words} words
 */
export const exampleText = (scope, words) => `${topOf(scope)}rules:
  - id: asks_for_a_date
    shadow: true  # ${words.t("rules.example.shadow")}
    name: {en: Wants a date, fr: Veut une date}
    priority: medium  # high, medium, low
    action:  # ${words.t("rules.example.action")}
      en: Help the agent to name a date that can be kept.
      fr: Aider l'agent à donner une date qui peut être tenue.
    deadline_s: 120  # ${words.t("rules.example.deadline")}
    when:
      words:
        speaker: customer  # customer, agent
        phrases:
          en: [want a date, by when]
          fr: [veux une date, pour quand]
`;
