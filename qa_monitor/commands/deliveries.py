"""`qa-monitor deliveries`: what was sent to other systems, asked of the running service; and its settings file."""

import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.table import Table

from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.config import load_settings
from qa_monitor.delivery.records import DeliveryState
from qa_monitor.delivery.schemas import DeliveriesJson, ReplayedJson
from qa_monitor.delivery.settings_file import FILE_NAME, read_targets
from qa_monitor.delivery.signature import new_secret

deliveries_app = typer.Typer(help="Flags sent to other systems: what waits, what was given up.", no_args_is_help=True)
DataDir = Annotated[Path | None, typer.Option(help="Where the service keeps its access token.")]
Url = Annotated[str | None, typer.Option(help="Address of the service; from the settings if unset.")]
PATIENCE_S = 30.0


@deliveries_app.command(name="list")
def deliveries_list(
    state: Annotated[DeliveryState | None, typer.Option(help="Only those in this state.")] = DeliveryState.DEAD,
    target: Annotated[str | None, typer.Option(help="Only those of this target.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many of them at most.")] = 20,
    url: Url = None,
    data_dir: DataDir = None,
) -> None:
    """Every target with its counts, then the latest that were given up, or of another state."""
    asked = {"limit": str(limit)} | ({"state": state.value} if state else {}) | ({"target": target} if target else {})
    answer = _ask("GET", "/v1/deliveries", url, data_dir, params=asked)
    found = DeliveriesJson.model_validate_json(answer)
    targets = Table("target", "waiting", "delivered", "dead", "last problem")
    for each in found.targets:
        name = each.name if each.configured else f"{each.name} (not configured)"
        targets.add_row(name, str(each.waiting), str(each.delivered), str(each.dead), each.problem or "")
    out.print(targets)
    listed = Table("key", "event", "rule", "state", "tried", "entered", "problem")
    for one in found.deliveries:
        entered = f"{one.entered_at:%Y-%m-%d %H:%M}"
        listed.add_row(one.key, one.event, one.rule_id or "", one.state, str(one.attempts), entered, one.problem or "")
    out.print(listed)


@deliveries_app.command(name="replay")
def deliveries_replay(
    keys: Annotated[list[str] | None, typer.Argument(help="Unset: every one that was given up.")] = None,
    target: Annotated[str | None, typer.Option(help="Only those of this target.")] = None,
    url: Url = None,
    data_dir: DataDir = None,
) -> None:
    """Send again what was given up, or what these keys name, delivered or not."""
    answer = _ask("POST", "/v1/deliveries/replay", url, data_dir, json={"keys": keys or None, "target": target})
    out.print(f"{ReplayedJson.model_validate_json(answer).replayed} will be sent again")


@deliveries_app.command(name="check")
def deliveries_check(
    file: Annotated[
        Path | None, typer.Argument(help="Unset: the one the settings name, else `delivery.toml` in the data folder.")
    ] = None,
) -> None:
    """Read the file as the service would; every mistake with its key. Nothing is sent."""
    with plain_errors():
        settings = load_settings()
        found = read_targets(file or settings.delivery or settings.data_dir / FILE_NAME, os.environ)
    table = Table("target", "kind", "events", "from priority", "hours", "words", "attempts")
    for each in found.every:
        events = ", ".join(sorted(each.wanted.events))
        words = "sent" if each.words else ""
        hours = each.wanted.hours
        when = "" if hours.since == hours.until else f"{hours.since:%H:%M}-{hours.until:%H:%M} {hours.zone}"
        least = each.wanted.least_priority.label
        table.add_row(each.name, each.kind, events, least, when, words, str(each.attempts))
    out.print(table)


@deliveries_app.command(name="secret")
def deliveries_secret() -> None:
    """Make a secret for a target. It is kept nowhere."""
    out.print(new_secret(), markup=False, highlight=False, soft_wrap=True)


def _ask(method: str, path: str, url: str | None, data_dir: Path | None, **given: object) -> bytes:
    """The running service's answer, asked with the access token of its folder."""
    import httpx

    with plain_errors():
        settings = load_settings(data_dir=data_dir)
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    base = url or f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    try:
        token = (settings.data_dir / "access-token").read_text().strip()
        headers = {"authorization": f"Bearer {token}"}
        answer = httpx.request(method, f"{base}{path}", headers=headers, timeout=PATIENCE_S, **given)  # type: ignore[arg-type]  # params or json
    except (OSError, httpx.HTTPError, httpx.InvalidURL) as error:
        _fail(f"no answer from the service: {error}; is it running, and is --data-dir its folder?")
    if answer.status_code != 200:
        _fail(f"the service refused: {answer.status_code}")
    return answer.content


def _fail(message: str) -> NoReturn:
    err.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(2)
