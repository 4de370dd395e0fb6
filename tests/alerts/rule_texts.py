"""Rule files that are right."""

GOOD = """\
rules:
  - id: refund
    name: {en: Asks for money back, fr: Demande un remboursement}
    priority: medium
    action:
      en: Help the agent
      fr: Aider l'agent
    deadline_s: 180
    when:
      words:
        speaker: customer
        phrases:
          en: [refund]
          fr:
            - remboursement
            - rembourser
"""
DYNAMICS = GOOD[: GOOD.index("      words:")]
