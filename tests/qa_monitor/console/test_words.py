"""The console's files, read as text: words in both languages, colours that can be read, nothing a policy forbids."""

import re
from collections import Counter
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import pytest

from alerts.care import DeskReason, Outcome
from alerts.records import FlagState, HoldReason, Priority
from keywords.records import HitReason
from qa_monitor.call.latency.flag_latencies import Stage
from qa_monitor.people.changes import Did
from qa_monitor.people.listening import Ending as ListeningEnding
from qa_monitor.people.records import Role
from qa_monitor.people.rows import Kind
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.replay.difference import Change
from qa_monitor.reports.periods import Every
from qa_monitor.reports.records import By
from qa_monitor.reports.records import Kind as ReportKind
from qa_monitor.reports.schedules import RunState
from qa_monitor.reviews.comments import Shared
from qa_monitor.reviews.flag_disputes import FlagRuling
from qa_monitor.reviews.kappa import Strength
from qa_monitor.reviews.records import Ending, ReviewState, Why
from qa_monitor.rules.history import How
from qa_monitor.scorecards.records import AnswerValue
from qa_monitor.scorecards.records import Why as ScoredWhy
from qa_monitor.telephony.arrivals import ArrivalState
from sentiment.hold import HoldCause
from sentiment.records import CourseState, Emotion, Trend
from streams.consent import Consent, ConsentSource, Notice
from streams.health.call_health import HealthFact
from streams.records import Direction, EndReason, GapReason, Language, Speaker
from tests.qa_monitor.browser import CONSOLE
from tests.qa_monitor.console_words import parts_of, words_of

FAMILIES: dict[str, type[StrEnum]] = {
    "state": FlagState,
    "held": HoldReason,
    "desk": DeskReason,
    "outcome": Outcome,
    "speaker": Speaker,
    "emotion": Emotion,
    "direction": Direction,
    "notice": Notice,
    "consent": Consent,
    "gap": GapReason,
    "end": EndReason,
    "tongue": Language,
    "arrival": ArrivalState,
    "health": HealthFact,
    "hold": HoldCause,
    "reason": HitReason,
    "verdict": VerdictKind,
    "course": CourseState,
    "trend": Trend,
    "source": ConsentSource,
    "role": Role,
    "people.kind": Kind,
    "people.did": Did,
    "people.ending": ListeningEnding,
    "stage": Stage,
    "reviews.state": ReviewState,
    "reviews.ending": Ending,
    "reviews.why": Why,
    "reviews.value": AnswerValue,
    "reviews.strength": Strength,
    "report.kind": ReportKind,
    "report.by": By,
    "report.every": Every,
    "report.run": RunState,
    "replay.change": Change,
    "review.why": ScoredWhy,
    "review.comment.shared": Shared,
    "dispute.ruling": FlagRuling,
    "rules.how": How,
}
OPEN_FAMILIES = (
    *("measured.", "blind.", "shed.", "login.error.", "priority.", "link.", "rejected.", "why.", "part.", "act."),
    *(
        "people.field.",
        "people.state.",
        "people.file.",
        "reviews.did.",
        "listen.state.",
        "wall.state.",
        "refused.allowed.",
        "refused.whole.",
        "refused.act.",
        "refused.what.",
        "rules.allowed.",
        "rules.found.",
        "rules.missing.",
        "rules.why.",
    ),
    *("library.state.", "library.sort.", "library.method.", "library.part."),
    "report.often.",
)
SCRIPTS = sorted(CONSOLE.rglob("*.js"))
SHEETS = sorted(CONSOLE.rglob("*.html"))


def name_of(file: Path) -> str:
    """By its room and name: `review/review.html`."""
    return file.relative_to(CONSOLE).as_posix()


ENGLISH = words_of(Language.EN)
FRENCH = words_of(Language.FR)


def used_keys() -> set[str]:
    """Keys written out in pages and modules; a plural counts as both of its forms."""
    used: set[str] = set()
    for sheet in SHEETS:
        used.update(re.findall(r'data-i18n(?:-title|-label)?="([^"]+)"', sheet.read_text(encoding="utf-8")))
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        for plural in re.findall(r'\.plural\(\s*"([^"]+)"', text):
            used.update((f"{plural}_one", f"{plural}_other"))
        if not name_of(script).startswith("words/"):
            used.update(key for key in re.findall(r'"([a-z_.]+)"', text) if key in ENGLISH)
    return used


def test_both_languages_have_the_same_words() -> None:
    """A key in one dictionary only would be a hole in the other page. Both have it in the file of the same name."""
    english, french = ({name: {key for key, _ in part} for name, part in parts_of(one).items()} for one in Language)

    assert len(ENGLISH) > 200
    assert english == french


@pytest.mark.parametrize("language", Language)
def test_no_words_are_written_twice(language: Language) -> None:
    """Of two with the same key only the later one would be shown."""
    keys = [key for part in parts_of(language).values() for key, _ in part]

    assert sorted(key for key, times in Counter(keys).items() if times > 1) == []


@pytest.mark.parametrize("language", Language)
def test_every_part_is_in_the_dictionary(language: Language) -> None:
    """A file that is taken in but not spread out would leave its page without words."""
    text = (CONSOLE / f"words/{language}.js").read_text(encoding="utf-8")
    taken = dict(re.findall(rf'^import {{ WORDS as (\w+) }} from "./{language}/(\w+).js";$', text, re.MULTILINE))

    assert sorted(taken.values()) == sorted(parts_of(language))
    assert re.findall(r"^  \.\.\.(\w+),$", text, re.MULTILINE) == list(taken)


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    """A value named in one sentence only would be lost or shown as a hole in the other."""
    assert set(re.findall(r"\{(\w+)\}", ENGLISH[key])) == set(re.findall(r"\{(\w+)\}", FRENCH[key]))


def test_every_key_asked_for_by_name_exists() -> None:
    """Words asked for by pages and modules are all in the dictionary."""
    asked: set[str] = set()
    for sheet in SHEETS:
        asked.update(re.findall(r'data-i18n(?:-title|-label)?="([^"]+)"', sheet.read_text(encoding="utf-8")))
    for script in SCRIPTS:
        asked.update(re.findall(r'\bt\(\s*"([^"]+)"', script.read_text(encoding="utf-8")))

    assert asked - set(ENGLISH) == set()


def test_no_words_are_left_that_nothing_uses() -> None:
    """Words that no page shows are removed."""
    family_keys = {f"{family}.{member.value}" for family, members in FAMILIES.items() for member in members}
    titles = {f"state.{state.value}.title" for state in FlagState} | {
        f"verdict.{kind.value}.title" for kind in VerdictKind
    }
    unused = set(ENGLISH) - used_keys() - family_keys - titles
    # built from a value: `name(family, …)` and titles of a key held in a variable
    unused = {key for key in unused if not key.startswith(OPEN_FAMILIES)}

    assert unused <= {"tongue.none", "end.live", "flag.acknowledge.title", "flag.dismiss.title"}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_value_the_service_can_send_has_words(family: str) -> None:
    """What a record can hold is said in words, never as its code."""
    missing = [member.value for member in FAMILIES[family] if f"{family}.{member.value}" not in ENGLISH]

    assert missing == []


def test_every_priority_has_a_word() -> None:
    """Priority is never colour alone."""
    assert [priority for priority in Priority if f"priority.{priority.label}" not in ENGLISH] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_pages_hold_no_inline_script_style_or_foreign_address(sheet: Path) -> None:
    """The strict content policy would refuse them."""
    text = sheet.read_text(encoding="utf-8")

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|https?://", text) == []
    assert all(re.search(r'\ssrc="/static/', tag) for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_modules_are_checked_and_write_text_only(script: Path) -> None:
    """What callers say may hold markup: nothing on the way to the page reads it as such."""
    text = script.read_text(encoding="utf-8")

    assert text.startswith("// @ts-check\n")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function", text) == []


def test_only_choices_are_kept_in_the_browser() -> None:
    """No transcript or audio reaches the browser's storage."""
    users = [name_of(script) for script in SCRIPTS if "Storage" in script.read_text(encoding="utf-8")]

    assert users == ["shared/page.js"]


def themes() -> list[dict[str, str]]:
    """The colours of the light and of the dark page."""
    text = (CONSOLE / "shared/console.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return [light, light | dark]


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *(("text", ground) for ground in ("ground", "surface", "raised", "accent-wash", "high-wash", "medium-wash")),
    *(("muted", ground) for ground in ("ground", "surface", "raised", "accent-wash")),
    *((colour, "surface") for colour in ("accent", "high", "medium", "low", "voice", "customer", "agent")),
    ("on-accent", "accent"),
    ("on-mark", "mark"),
    ("accent", "accent-wash"),
    ("accent", "ground"),
    ("voice", "accent-wash"),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(text: str, ground: str, theme: int) -> None:
    """WCAG AA asks for 4.5 to 1."""
    colours = themes()[theme]

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["edge", "fine", "high", "medium", "low"])
def test_signs_and_edges_can_be_seen(line: str, theme: int) -> None:
    """WCAG AA asks for 3 to 1 for what is not text."""
    colours = themes()[theme]

    assert contrast(colours[line], colours["surface"]) >= 3


def test_priorities_differ_without_colour() -> None:
    """The edge grows with the priority, and each has a shape of its own."""
    css = (CONSOLE / "shared/console.css").read_text(encoding="utf-8")
    signs = (CONSOLE / "shared/signs.js").read_text(encoding="utf-8")
    shapes = re.findall(r'^  (?:high|medium|low): "(.+)",$', signs, re.M)
    edges = [
        int(width)
        for pattern in (
            r"\.flag \{[^}]*border-left-width: (\d)",
            r"\.flag\.medium[^}]*?width: (\d)",
            r"\.flag\.low[^}]*?width: (\d)",
        )
        for width in re.findall(pattern, css)
    ]

    assert len(set(shapes)) == 3
    assert all(wider > narrower for wider, narrower in pairwise(edges))
    assert len(edges) == 3


@pytest.mark.parametrize("key", sorted(FRENCH))
def test_french_signs_stay_with_their_words(key: str) -> None:
    """A line never begins with a colon, a percent sign or a closing quotation mark."""
    assert not re.search(r" [:;?!%»](?![A-Za-z0-9_])|« ", FRENCH[key])
