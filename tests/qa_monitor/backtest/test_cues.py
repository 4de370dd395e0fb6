"""Rules about cues and polarity tried on stored calls: judged again from the text, beside the voice that was stored."""

import asyncio
from dataclasses import replace
from pathlib import Path

from qa_monitor.backtest.books import Books
from qa_monitor.backtest.query import parse_query
from qa_monitor.backtest.run import Job, run_job
from qa_monitor.store.calls.past import SqlitePastCalls
from streams.records import Language, Speaker
from tests.qa_monitor.past import a_past_call, keep

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT
RULE = """
  - id: %s
    name: {en: A rule, fr: Une règle}
    priority: high
    action: {en: Listen in., fr: Écouter.}
    deadline_s: 60
    when: %s
"""
VOICE = "{emotion: {is: anger, at_least: 0.5, utterances: 2, of_last: 4}}"
CUE = "{cue: {is: [frustration]}}"


def test_words_and_voice_are_judged_again(tmp_path: Path) -> None:
    """The calm call has the words and not the voice; the agent's words count nowhere."""
    said = (
        (5, CUSTOMER, "Ça fait trois fois que j'appelle, c'est inadmissible."),
        (15, AGENT, "J'en ai marre, c'est inadmissible."),
        (25, CUSTOMER, "Votre service est lamentable."),
    )
    calls = [
        a_past_call("calm", *said),
        replace(a_past_call("angry", *said), angry=True),
        a_past_call("content", (5, CUSTOMER, "Merci beaucoup, c'est parfait."), (9, AGENT, "J'en ai marre.")),
        a_past_call("english", (5, CUSTOMER, "I have been on hold for an hour."), language=Language.EN),
    ]
    data = tmp_path / "data"
    data.mkdir()
    asyncio.run(keep(data, calls))
    rules = {
        "said": CUE,
        "against": "{polarity: {is: negative, at_least: 0.6, utterances: 2, of_last: 2}}",
        "both": f"{{all: [{CUE}, {VOICE}], within_s: 45}}",
    }
    file = tmp_path / "rules.yaml"
    file.write_text("rules:" + "".join(RULE % one for one in rules.items()), encoding="utf-8")

    report = run_job(
        Job(
            past=SqlitePastCalls,
            data_dir=data,
            books=Books(new=(file,), old=None),
            query=parse_query("all"),
            processes=1,
        )
    )

    assert {rule.rule.rule_id: rule.count.flags for rule in report.rules} == {"said": 3, "against": 2, "both": 1}
