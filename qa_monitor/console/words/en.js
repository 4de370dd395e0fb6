// @ts-check
import { WORDS as ACCOUNT } from "./en/account.js";
import { WORDS as ARRIVALS } from "./en/arrivals.js";
import { WORDS as CALL } from "./en/call.js";
import { WORDS as COACH } from "./en/coach.js";
import { WORDS as CUSTOMERS } from "./en/customers.js";
import { WORDS as FLAGS } from "./en/flags.js";
import { WORDS as LIBRARY } from "./en/library.js";
import { WORDS as PEOPLE } from "./en/people.js";
import { WORDS as PROBLEMS } from "./en/problems.js";
import { WORDS as REASONS } from "./en/reasons.js";
import { WORDS as REFUSALS } from "./en/refusals.js";
import { WORDS as REPORTS } from "./en/reports.js";
import { WORDS as REVIEW } from "./en/review.js";
import { WORDS as REVIEWS } from "./en/reviews.js";
import { WORDS as RULES } from "./en/rules.js";
import { WORDS as SHARED } from "./en/shared.js";

/** English words of the pages, part by part. Spaces before units do not break. */
export const ENGLISH = {
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
