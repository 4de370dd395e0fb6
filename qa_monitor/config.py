"""Settings: read once from environment and file, checked, then frozen."""

import os
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, IPvAnyNetwork, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from alerts.files.plain_text import Unreadable
from keywords.records import RedactionKind
from keywords.redaction.screen import NEVER_KEPT
from qa_monitor.toml_file import read_toml
from sentiment.profile import EmotionProfile
from streams.records import Language


class AgentSees(StrEnum):
    """What agents may look back at of their own calls that are over."""

    FLAGS = "flags"
    CLIPS = "clips"


CONFIG_VARIABLE = "QA_MONITOR_CONFIG"


class SettingsError(Exception):
    """A setting is not usable. The message names each field, what was found and what is allowed."""


class Settings(BaseSettings):
    """Everything an operator can set. Environment (`QA_MONITOR_…`) wins over the file named by `QA_MONITOR_CONFIG`."""

    model_config = SettingsConfigDict(env_prefix="QA_MONITOR_", frozen=True, extra="forbid")

    host: Annotated[str, Field(min_length=1, description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0 picks a free one.")] = 8080
    trusted_proxies: Annotated[
        tuple[IPvAnyNetwork, ...],
        NoDecode,
        Field(
            description="Proxies in front of the service, as addresses or networks, comma-separated: they are believed"
            " whom a request comes from (`X-Forwarded-For`), so that wrong passwords count for that address alone,"
            " and `peers` of telephony are compared with it."
        ),
    ] = ()
    open_loopback: Annotated[
        bool, Field(description="No log-in and no ingest token; refused unless `host` is a loopback address.")
    ] = False
    data_dir: Annotated[Path, Field(description="Database, audio and tokens.")] = Field(
        default_factory=lambda: user_data_path("qa-monitor")
    )
    models_dir: Annotated[Path, Field(description="Speech models, joined or pulled once.")] = Field(
        default_factory=lambda: user_cache_path("qa-monitor") / "models"
    )
    rules: Annotated[
        tuple[Path, ...],
        NoDecode,
        Field(
            description="Rule files, and folders of them (`*.yaml`, `*.yml`), read after the starter rules, "
            "comma-separated; changes are in force within 2 s."
        ),
    ] = ()
    starter_rules: Annotated[bool, Field(description="Load the starter rules.")] = True
    scorecards: Annotated[
        tuple[Path, ...],
        NoDecode,
        Field(
            description="Scorecard files, and folders of them (`*.yaml`, `*.yml`), comma-separated; read before the"
            " folder `scorecards` of the data folder, and changes are in force within 2 s. Where there is none, the"
            " starter scorecard is."
        ),
    ] = ()
    languages: Annotated[
        tuple[Language, ...], NoDecode, Field(min_length=1, description="Languages to expect, comma-separated.")
    ] = (Language.FR, Language.EN)
    model: Annotated[str, Field(description="Speech model: a name, or a folder in CTranslate2 format.")] = "base"
    device: Annotated[Literal["cpu", "cuda"], Field(description="Where the speech model runs.")] = "cpu"
    compute_type: Annotated[
        Literal["int8", "int8_float16", "int8_float32", "float16", "float32", "auto"],
        Field(description="Precision of the speech model."),
    ] = "int8"
    speech_workers: Annotated[int, Field(ge=0, le=64, description="Passes run at once; 0: one per core.")] = 0
    speech_threads: Annotated[
        int, Field(ge=0, le=64, description="Threads of each pass; 0: what suits the machine, one on a processor.")
    ] = 0
    beam: Annotated[int, Field(ge=1, le=10, description="Ways the decoder follows at once; more is slower.")] = 1
    extra_care: Annotated[
        bool,
        Field(
            description="While there is time to spare, and wherever nobody waits for the text, finals get more: five "
            "ways at once, short ones are heard behind what was said before, and unsure ones a second time for phrases "
            "of rules."
        ),
    ] = True
    score_phrases: Annotated[
        bool,
        Field(
            description="With `extra_care`: where a final sounds like a phrase of a rule, ask the audio whether it was "
            "said."
        ),
    ] = True
    batch_size: Annotated[int, Field(ge=1, le=64, description="Most utterances in one pass.")] = 8
    endpoint_s: Annotated[float, Field(ge=0.2, le=2, description="Seconds of silence that end an utterance.")] = 0.5
    speculate_s: Annotated[
        float, Field(ge=0.1, le=2, description="Seconds of silence after which the final is tried ahead of time.")
    ] = 0.2
    pre_roll_s: Annotated[float, Field(ge=0, le=1, description="Seconds kept before the first speech.")] = 0.4
    longest_utterance_s: Annotated[float, Field(ge=5, le=28, description="Seconds after which it is cut.")] = 15.0
    partial_every_s: Annotated[float, Field(ge=0.3, le=10, description="Seconds of speech between partials.")] = 0.7
    keep_audio: Annotated[
        bool, Field(description="Keep calls' audio, masked numbers silenced, for clips and review.")
    ] = True
    listen_live: Annotated[
        bool, Field(description="Let coaches listen to live calls of their teams, some seconds behind.")
    ] = True
    redact: Annotated[
        tuple[RedactionKind, ...],
        NoDecode,
        Field(
            description="What is masked in text and silenced in audio before it is kept or shown, "
            "comma-separated; `card` and `cvv` always are. `keypad`: the tones of what is typed on a telephone."
        ),
    ] = tuple(RedactionKind)
    emotion: Annotated[
        EmotionProfile,
        Field(
            description="In which calls the customer's voice is judged: `off`, none; `customer_after_consent`, those "
            "with notice and consent; `customer_after_own_act`, those where the customer consented by menu or key."
        ),
    ] = EmotionProfile.CUSTOMER_AFTER_CONSENT
    vocabulary: Annotated[
        Path | None,
        Field(description="Names and products of each team; unset: `vocabulary.toml` in `data_dir`, if it is there."),
    ] = None
    reasons: Annotated[
        Path | None,
        Field(
            description="Reasons for calling and their phrases; unset: `reasons.yaml` in `data_dir`, if it is there,"
            " else the starter list."
        ),
    ] = None
    telephony: Annotated[
        Path | None,
        Field(description="Settings of telephony; unset: `telephony.toml` in `data_dir`, where there is one."),
    ] = None
    delivery: Annotated[
        Path | None,
        Field(description="Where flags are sent; unset: `delivery.toml` in `data_dir`, where there is one."),
    ] = None
    audiosocket_host: Annotated[
        str, Field(min_length=1, description="Address on which Asterisk's AudioSocket is taken.")
    ] = "127.0.0.1"
    audiosocket_port: Annotated[
        int | None, Field(ge=0, le=65535, description="Its port; 0 picks a free one, `off` takes none.")
    ] = 9092
    max_calls: Annotated[int, Field(ge=1, le=10000, description="Live calls; more are refused with 503.")] = 200
    follow_calls: Annotated[
        int | None,
        Field(
            ge=0,
            le=10000,
            description="Calls followed at once at most; those beyond are recorded only, and listened to afterwards. "
            "Empty: as many as the speech workers turn out to carry.",
        ),
    ] = None
    later_mb: Annotated[
        int,
        Field(
            ge=1, le=100000, description="Memory for speech that is transcribed later, where it could not be at once."
        ),
    ] = 256
    flag_life_h: Annotated[
        float,
        Field(
            gt=0,
            le=720,
            description="Hours after the end of its call until a flag that nobody took on is closed as expired.",
        ),
    ] = 8.0
    interrupt_every_min: Annotated[
        float,
        Field(
            gt=0,
            le=480,
            description="Minutes in which one coach can act on one interruption; more flags than that are held in"
            " the drawer, those of high priority never.",
        ),
    ] = 10.0
    interrupt_burst: Annotated[
        int, Field(ge=0, le=100, description="Interruptions that may come at once after a quiet time; 0: no budget.")
    ] = 3
    shared_desk_coaches: Annotated[
        int,
        Field(
            ge=1,
            le=1000,
            description="Coaches who share the calls that are assigned to nobody: their desk may be interrupted so"
            " many times as often.",
        ),
    ] = 1
    unassigned_calls: Annotated[
        Literal["everyone", "leads"],
        Field(description="Who sees calls of a team that is not set up: every coach of the tenant, or QA leads alone."),
    ] = "everyone"
    agent_sees: Annotated[
        tuple[AgentSees, ...],
        NoDecode,
        Field(
            description="What agents see of their own calls, once these are over: `flags`, and `clips` to listen to"
            " what caused them; empty: only that the calls were followed."
        ),
    ] = tuple(AgentSees)
    kappa_floor: Annotated[
        float,
        Field(
            ge=-1,
            le=1,
            description="Least kappa between reviewers and the machine: a question under it is scored by the machine no"
            " more.",
        ),
    ] = 0.4
    kappa_calls: Annotated[
        int, Field(ge=2, le=10000, description="Calibrated calls from which on that floor counts.")
    ] = 20
    latency_alarm_s: Annotated[
        float,
        Field(
            gt=0,
            le=60,
            description="Seconds from the end of a phrase to the coach's screen: where the 95th percentile of five"
            " minutes is above, consoles say so.",
        ),
    ] = 2.5
    zone: Annotated[
        str,
        Field(description="Time zone in which days, weeks and months of reports begin, where a report names no other."),
    ] = "UTC"
    reports_folder: Annotated[
        Path | None, Field(description="Where scheduled reports may be put as files; unset: nowhere.")
    ] = None
    disk_floor_mb: Annotated[int, Field(ge=0, description="Free space below which audio is no longer kept.")] = 200
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(description="How much is logged.")] = (
        "info"
    )

    @model_validator(mode="before")
    @classmethod
    def _split_lists(cls, values: dict[str, object]) -> dict[str, object]:
        for name in ("rules", "scorecards", "languages", "redact", "agent_sees", "trusted_proxies"):
            value = values.get(name)
            if isinstance(value, str):
                values[name] = tuple(part.strip() for part in value.split(",") if part.strip())
        if values.get("audiosocket_port") == "off":
            values["audiosocket_port"] = None
        return values

    @model_validator(mode="after")
    def _check_together(self) -> "Settings":
        if self.open_loopback and not is_loopback(self.host):
            raise ValueError(f"open_loopback: allowed only with a loopback host such as 127.0.0.1, found {self.host!r}")
        if left_in := sorted(NEVER_KEPT - set(self.redact)):
            raise ValueError(f"redact: {', '.join(left_in)} cannot be left out, found {', '.join(self.redact)!r}")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"zone: a zone this machine knows, such as Europe/Paris, found {self.zone!r}") from None
        if self.speculate_s > self.endpoint_s:
            raise ValueError(f"speculate_s: at most endpoint_s ({self.endpoint_s}), found {self.speculate_s}")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line first, then environment, then the file."""
        file = os.environ.get(CONFIG_VARIABLE)
        last: dict[str, object] = read_toml(Path(file)) if file else {}
        return init_settings, env_settings, InitSettingsSource(settings_cls, last)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def load_settings(**given: object) -> Settings:
    """The settings, with what the command line gave on top; raises `SettingsError` naming every bad field."""
    file = os.environ.get(CONFIG_VARIABLE)
    if file and not Path(file).exists():
        raise SettingsError(f"{CONFIG_VARIABLE}: no such file: {file}")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except Unreadable as error:
        raise SettingsError(f"{CONFIG_VARIABLE}: {file}: {error}") from error
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(problem) for problem in error.errors())) from error


def _sentence(problem: object) -> str:
    assert isinstance(problem, dict)
    field = ".".join(str(part) for part in problem["loc"]) or "settings"
    if problem["type"] == "extra_forbidden":
        allowed = ", ".join(sorted(Settings.model_fields))
        return f"{field}: no such setting; allowed are {allowed}"
    found = "" if problem["loc"] == () else f" (found {problem['input']!r})"
    return f"{field}: {problem['msg']}{found}"
