// @ts-check
import { WORDS as ACCOUNT } from "./fr/account.js";
import { WORDS as ARRIVALS } from "./fr/arrivals.js";
import { WORDS as CALL } from "./fr/call.js";
import { WORDS as COACH } from "./fr/coach.js";
import { WORDS as CUSTOMERS } from "./fr/customers.js";
import { WORDS as FLAGS } from "./fr/flags.js";
import { WORDS as LIBRARY } from "./fr/library.js";
import { WORDS as PEOPLE } from "./fr/people.js";
import { WORDS as PROBLEMS } from "./fr/problems.js";
import { WORDS as REASONS } from "./fr/reasons.js";
import { WORDS as REFUSALS } from "./fr/refusals.js";
import { WORDS as REPORTS } from "./fr/reports.js";
import { WORDS as REVIEW } from "./fr/review.js";
import { WORDS as REVIEWS } from "./fr/reviews.js";
import { WORDS as RULES } from "./fr/rules.js";
import { WORDS as SHARED } from "./fr/shared.js";

/** French words of the pages, part by part. Spaces before units and double signs do not break. */
export const FRENCH = {
  ...ACCOUNT,
  ...ARRIVALS,
  ...CALL,
  ...COACH,
  ...CUSTOMERS,
  ...FLAGS,
  ...LIBRARY,
  ...PEOPLE,
  ...PROBLEMS,
  ...REASONS,
  ...REFUSALS,
  ...REPORTS,
  ...REVIEW,
  ...REVIEWS,
  ...RULES,
  ...SHARED,
};
