// @ts-check
/** English words of what every page has: the way between pages, keys, signs, roles, languages. */
export const WORDS = {
  "product": "qa-monitor",
  "skip": "Skip to the red flags",
  "skip.review": "Skip to the transcript",
  "language.label": "Language of this page",
  "nav.live": "Live calls",
  "nav.help": "Help",
  "nav.help.title": "Keyboard and signs (?)",

  "priority.high": "High",
  "priority.medium": "Medium",
  "priority.low": "Low",

  "keys.title": "Keyboard and signs",
  "keys.enabled": "Keyboard shortcuts on",
  "keys.next": "Next flag, previous flag",
  "keys.acknowledge": "Acknowledge the selected flag",
  "keys.verdict": "The selected flag was useful, a false alarm, already known",
  "keys.act": "Snooze, hand over, resolve the selected flag",
  "keys.undo": "Take the last one back, for ten seconds",
  "keys.play": "Play or stop the seconds behind it",
  "keys.open": "Open its call",
  "keys.help": "This help",
  "keys.toggle": "Play, pause",
  "keys.jump": "5 s back, 5 s on",
  "keys.flag": "Next flag, previous flag",
  "keys.space": "Space",
  "keys.enter": "Enter",
  "keys.close": "Close",
  "signs.high": "High: act now",
  "signs.medium": "Medium: act soon",
  "signs.low": "Low: keep an eye on it",
  "signs.still": "While your pointer rests on the flags, the list keeps still; new ones wait above it.",

  "tongue.en": "English",
  "tongue.fr": "French",
  "tongue.none": "detected",

  "skip.arrivals": "Skip to the connections",
  "nav.arrivals": "Connections",
  "nav.arrivals.title": "Is my call arriving? Who connects, who was refused and why",

  "skip.rules": "Skip to the rule file",
  "nav.latency": "Latency",
  "nav.latency.title": "How long flags take to the screen",
  "skip.latency": "Skip to the figures",

  "nav.rules": "Rules",
  "nav.rules.title": "Write rules, try them on past calls, publish them",

  "nav.people": "People",
  "nav.people.title": "Accounts, teams, agents, who stands in for whom",
  "nav.account": "Your account: password, log out",
  "me.operator": "Operator",
  "skip.people": "Skip to the accounts",

  "role.coach": "coach",
  "role.qa_lead": "QA lead",
  "role.agent": "agent",
  "role.admin": "administrator",

  "nav.reviews": "Reviews",
  "nav.reviews.title": "Reviews to do, disputes, calibrations",
  "skip.reviews": "Skip to your reviews",

  "nav.library": "Calls",
  "nav.library.title": "Kept calls: search, filter, sample for review",

  "nav.customers": "Voice of the customer",
  "nav.customers.title": "What customers call about, and what is new",

  "nav.reports": "Reports",
  "nav.reports.title": "Figures over finished calls",

  "nav.wall": "Wall",
  "nav.wall.title": "All agents at a glance, for a big screen",

  "keys.question": "Next question of the scorecard, previous one",
  "keys.prove": "Hear what proves the answer",
  "keys.comment": "Comment at the playhead",

  "nav.label": "Pages",
  "nav.more": "More",
  "nav.live.title": "Red flags and calls as they happen",
  "nav.mine": "My calls",
  "nav.mine.title": "Your own calls, once they are over",
};
