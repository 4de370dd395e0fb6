"""`qa-monitor rules`: rule files, read, described, and tried on past calls."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Column, Table

from alerts.examples import wrong_examples
from alerts.files.problems import RuleError
from alerts.files.schema import rule_schema
from alerts.policy import AlertPolicy
from alerts.rulebook import STARTER_RULES
from qa_monitor.backtest.report import Report
from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.config import Settings, SettingsError, load_settings
from qa_monitor.rules.loading import load_sets
from qa_monitor.rules.rulesets import RULES_FOLDER

rules_app = typer.Typer(help="Rule files.", no_args_is_help=True)


@rules_app.command(name="check")
def rules_check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Read after the starter rules, as by the service. Unset: those alone.")
    ] = None,
) -> None:
    """Read rule files as the service would, and try their examples; every mistake with its file, line and field."""
    with plain_errors():
        sets = load_sets([*_starter(load_settings()), *(files or [])] or [STARTER_RULES]).sets
        wrong = dict.fromkeys(problem for one in sets.values() for problem in wrong_examples(one.book))
        if wrong:
            raise RuleError(tuple(wrong))
    for scope, one in sets.items():
        whom = "".join(f" {field} {name}," for field, name in (("tenant", scope.tenant), ("team", scope.team)) if name)
        out.print(f"{len(one.book.rules)} rules,{whom} version {one.book.version}", markup=False)


@rules_app.command(name="schema")
def rules_schema() -> None:
    """Print the JSON Schema of rule files, for editors that complete and check while one types."""
    sys.stdout.write(json.dumps(rule_schema(), indent=1, ensure_ascii=False) + "\n")


@rules_app.command(name="test")
def rules_test(
    files: Annotated[
        list[Path], typer.Argument(help="Rule files, read one after the other on top of what they are compared with.")
    ],
    calls: Annotated[
        str, typer.Option(help="`all`, or for example `since:2026-03-01 until:2026-03-08 team:sales language:fr`.")
    ] = "all",
    against: Annotated[
        list[Path] | None,
        typer.Option(help="Rule files to compare with, read after the starter rules; unset: the rules in force."),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(help="Only this rule; may be given several times. Unset: those that the files hold."),
    ] = None,
    shown: Annotated[int, typer.Option(min=0, help="Moments shown per rule and kind.")] = 10,
    agents: Annotated[int, typer.Option(min=1, help="Agents per coach.")] = 20,
    processes: Annotated[int | None, typer.Option(min=1, help="Unset: as many as pay.")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write everything here.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Database, audio and tokens.")] = None,
) -> None:
    """Try rules on past calls: flags per coach-hour, and what differs from the rules in force. Changes nothing."""
    from qa_monitor.backtest.books import Books, NoSuchRule, rules_in
    from qa_monitor.backtest.query import QueryError, parse_query
    from qa_monitor.backtest.run import Job, run_job
    from qa_monitor.backtest.schemas import report_json
    from qa_monitor.store.calls.past import SqlitePastCalls

    with plain_errors():
        settings = load_settings(data_dir=data_dir)
        old = (*_starter(settings), *against) if against else _in_force(settings)
        try:
            job = Job(
                past=SqlitePastCalls,
                data_dir=settings.data_dir,
                books=Books(new=(*old, *files), old=old, only=tuple(rule or rules_in(files))),
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
    return (*_starter(settings), *settings.rules, *([published] if published.is_dir() else []))


def _starter(settings: Settings) -> tuple[Path, ...]:
    """The rules of the product, below all others."""
    return (STARTER_RULES,) if settings.starter_rules else ()


def _show(report: Report) -> None:
    from qa_monitor.backtest.table import HEADINGS, changes, flags, row, summary

    table = Table(Column(HEADINGS[0], no_wrap=True), *HEADINGS[1:])
    for one in report.rules:
        table.add_row(*row(one))
    out.print(table)
    for one in report.rules:
        for line in flags(one) if one.difference is None else changes(one):
            out.print(line, markup=False, highlight=False, soft_wrap=True)
    for line in summary(report):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
