"""`qa-monitor rules`: rule files, read, described, and tried on past calls."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from alerts.examples import wrong_examples
from alerts.files.problems import RuleError
from alerts.files.schema import rule_schema
from alerts.policy import AlertPolicy
from alerts.rulebook import STARTER_RULES, load_rulebook
from qa_monitor.backtest.report import Report
from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.config import Settings, SettingsError, load_settings
from qa_monitor.rules.rulesets import RULES_FOLDER

rules_app = typer.Typer(help="Rule files.", no_args_is_help=True)


@rules_app.command(name="check")
def rules_check(
    files: Annotated[list[Path] | None, typer.Argument(help="Unset: the starter rules.")] = None,
) -> None:
    """Read rule files as the service would, and try their examples; every mistake with its file, line and field."""
    with plain_errors():
        book = load_rulebook(files or [STARTER_RULES])
        if wrong := wrong_examples(book):
            raise RuleError(wrong)
    out.print(f"{len(book.rules)} rules, version {book.version}", markup=False)


@rules_app.command(name="schema")
def rules_schema() -> None:
    """Print the JSON Schema of rule files, for editors that complete and check while one types."""
    sys.stdout.write(json.dumps(rule_schema(), indent=1, ensure_ascii=False) + "\n")


@rules_app.command(name="test")
def rules_test(
    files: Annotated[list[Path], typer.Argument(help="Rule files, read one after the other.")],
    calls: Annotated[
        str, typer.Option(help="`all`, or for example `since:2026-03-01 until:2026-03-08 team:sales language:fr`.")
    ] = "all",
    against: Annotated[
        list[Path] | None, typer.Option(help="Rule files to compare with; unset: the rules in force.")
    ] = None,
    rule: Annotated[list[str] | None, typer.Option(help="Only this rule; may be given several times.")] = None,
    shown: Annotated[int, typer.Option(min=0, help="Moments shown per rule and kind.")] = 10,
    agents: Annotated[int, typer.Option(min=1, help="Agents per coach.")] = 20,
    processes: Annotated[int | None, typer.Option(min=1, help="Unset: as many as pay.")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write everything here.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Database, audio and tokens.")] = None,
) -> None:
    """Try rules on past calls: flags per coach-hour, and what differs from the rules in force. Changes nothing."""
    from qa_monitor.backtest.books import Books, NoSuchRule
    from qa_monitor.backtest.query import QueryError, parse_query
    from qa_monitor.backtest.run import Job, run_job
    from qa_monitor.backtest.schemas import report_json
    from qa_monitor.store.calls.past import SqlitePastCalls

    with plain_errors():
        settings = load_settings(data_dir=data_dir)
        try:
            job = Job(
                past=SqlitePastCalls,
                data_dir=settings.data_dir,
                books=Books(new=tuple(files), old=tuple(against or _in_force(settings)), only=tuple(rule or ())),
                query=parse_query(calls),
                policy=AlertPolicy(longest_utterance_s=settings.longest_utterance_s),
                kept=shown,
                agents=agents,
                processes=processes,
            )
            with Progress(console=err, transient=True) as progress:
                task = progress.add_task("calls", total=None)
                report = run_job(job, lambda done, total: progress.update(task, completed=done, total=total))
        except (QueryError, NoSuchRule) as error:
            raise SettingsError(str(error)) from error
    _show(report)
    if json_out is not None:
        json_out.write_text(report_json(report).model_dump_json(indent=1) + "\n", encoding="utf-8")


def _in_force(settings: Settings) -> tuple[Path, ...]:
    """What the service reads at its next start."""
    published = settings.data_dir / RULES_FOLDER
    starter = [STARTER_RULES] if settings.starter_rules else []
    return (*starter, *settings.rules, *([published] if published.is_dir() else []))


def _show(report: Report) -> None:
    from qa_monitor.backtest.table import HEADINGS, changes, flags, row, summary

    table = Table(*HEADINGS)
    for one in report.rules:
        table.add_row(*row(one))
    out.print(table)
    for one in report.rules:
        for line in flags(one) if one.difference is None else changes(one):
            out.print(line, markup=False, highlight=False, soft_wrap=True)
    for line in summary(report):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
