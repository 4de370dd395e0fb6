"""Rule files for tests."""


def a_rule_text(rule_id: str = "cancellation", *phrases: str, more: str = "", priority: str = "high") -> str:
    """One rule about English words of the customer, as an entry of a file's list."""
    listed = ", ".join(phrases or ("cancel my contract",))
    return (
        f"  - id: {rule_id}\n"
        f"    name: {{en: {rule_id}, fr: {rule_id}}}\n"
        f"    priority: {priority}\n"
        "    action: {en: Listen in, fr: Écouter}\n"
        "    deadline_s: 60\n"
        f"{more}"
        f"    when: {{words: {{speaker: customer, phrases: {{en: [{listed}]}}}}}}\n"
    )


def a_file_text(*rules: str, top: str = "") -> str:
    """A whole file; `top` names its tenant and team."""
    return top + "rules:\n" + "".join(rules or (a_rule_text(),))
