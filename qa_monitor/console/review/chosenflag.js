// @ts-check
/** @import { Flag, Verdict } from "../wire/flags.js" */

/**
 * The flag of the call that was gone to last: the next and the one before it, and verdicts by a key.
 *
 * @param {() => Flag[]} flagsOf those of the call, as they are now
 * @param {() => Flag[]} trialsOf those of rules on trial: judged by a key where they have the keyboard
 * @param {{seek: (at_s: number) => void, judge: (flag: Flag, verdict: Verdict) => void}} page
 */
export function createChosenFlag(flagsOf, trialsOf, { seek, judge }) {
  let place = -1;
  const ordered = () => [...flagsOf()].sort((a, b) => a.start_s - b.start_s);

  /** @param {Flag} flag */
  function choose(flag) {
    place = ordered().indexOf(flag);
    seek(flag.start_s);
    const item = document.getElementById(`flag-${flag.flag_id}`);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  /** @param {1|-1} by */
  function step(by) {
    const flags = ordered();
    if (flags.length === 0) return;
    choose(flags[Math.max(0, Math.min(flags.length - 1, place + by))]);
  }

  /** A key on the flag that has the keyboard, or was gone to last. @param {Verdict} verdict */
  function judgeChosen(verdict) {
    const item = document.activeElement?.closest("#review-flags li, #review-held .trial");
    const flag = [...ordered(), ...trialsOf()].find(({ flag_id }) => item?.id === `flag-${flag_id}`) ?? ordered()[place];
    if (flag) judge(flag, verdict);
  }

  return { choose, step, judge: judgeChosen };
}
