// @ts-check
/** @import { Language } from "../wire/calls.js" */
/** Numbers and times as people write them. Pure. */

const NBSP = "\u00a0";

/**
 * Seconds with their unit: one decimal below ten, none above.
 *
 * @param {Language} language
 * @param {number|null|undefined} value_s
 */
export function seconds(language, value_s) {
  if (value_s === null || value_s === undefined) return "–";
  const digits = Math.abs(value_s) < 9.95 ? 1 : 0;
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${format.format(value_s)}${NBSP}s`;
}

/** A share of one as a percentage. @param {Language} language @param {number} value */
export function share(language, value) {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(value);
}

/** A plain number with at most two decimals. @param {Language} language @param {number} value */
export function number(language, value) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** Minutes and seconds, 4:05 or 1:02:03. @param {number} value_s */
export function clock(value_s) {
  const whole = Math.max(0, Math.floor(value_s));
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** How long ago, in one unit. @param {number} value_s */
export function age(value_s) {
  const whole = Math.max(0, Math.floor(value_s));
  if (whole < 60) return `${whole}${NBSP}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${NBSP}min`;
  if (whole < 2 * 86400) return `${Math.floor(whole / 3600)}${NBSP}h`;
  const days = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "day" });
  return days.format(Math.floor(whole / 86400));
}

/** Hours and minutes on the wall. @param {string} locale @param {string|number} at */
export function timeOfDay(locale, at) {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}

/**
 * When something was, in as few signs as tell it: the time of a day that is today, else the day.
 *
 * @param {string} locale @param {string} at @param {number} now_ms
 */
export function timeOrDay(locale, at, now_ms) {
  const then = new Date(at);
  if (then.toDateString() === new Date(now_ms).toDateString()) return timeOfDay(locale, at);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(then);
}

/** Date and time. @param {string} locale @param {string} at */
export function dateTime(locale, at) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }).format(new Date(at));
}

/**
 * A measured value in its own unit, told by its name: `…_s` are seconds, counts are whole, the rest are shares of one.
 *
 * @param {Language} language
 * @param {string} name
 * @param {number} value
 */
export function measure(language, name, value) {
  if (name.endsWith("_s")) return seconds(language, value);
  if (value >= 0 && value <= 1 && name !== "utterances") return share(language, value);
  return number(language, value);
}

/** A day such as `2026-03-02`, whatever the zone. @param {string} locale @param {string} day */
export const dayOf = (locale, day) =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(day));

/** Day and time on the wall, in few signs. @param {string} locale @param {string} at */
export const dayAndTime = (locale, at) =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(at));

/** Date and time without seconds. @param {string} at @param {{locale: string}} words */
export const when = (at, { locale }) => new Date(at).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
