"""A scorecard, and the rules that it may name."""

from functools import cache

from alerts.rulebook import STARTER_RULES, RuleBook, load_rulebook

CARD = """\
id: support
name: {en: Support, fr: Assistance}
for: {teams: [north], languages: [fr]}
sections:
  - id: opening
    name: {en: Opening, fr: Accueil}
    weight: 2
    questions:
      - id: greeting
        text: {en: Greeted?, fr: Salué ?}
        rule: greeting_missing
        answer_if_found: no
        auto_fail: true
      - id: name
        text: {en: Named?, fr: Nommé ?}
        points: 2
        only_if: {question: greeting}
        when:
          words: {speaker: agent, phrases: {fr: [je m'appelle]}}
      - id: tone
        text: {en: Kind?, fr: Aimable ?}
        not_applicable_if: {call: {direction: outbound}}
        manual: true
"""


@cache
def book() -> RuleBook:
    return load_rulebook([STARTER_RULES])
