"""Themes as JSON. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import quote

from qa_monitor.schemas.shape import Bilingual
from qa_monitor.themes.growth import Growth
from qa_monitor.themes.labels import label
from qa_monitor.themes.lines import Line
from qa_monitor.themes.port import Example
from qa_monitor.themes.reasons import Reason, Reasons
from qa_monitor.themes.records import EVERY, Clip, Surge, Theme, is_reason, language_of
from qa_monitor.themes.sayers import MOST_EXAMPLES, Sayers, newest
from qa_monitor.themes.schemas import ExampleJson, ReasonJson, SurgeJson, SurgeWordsJson, TermJson, WeekJson
from qa_monitor.themes.weeks import Week
from streams.records import Language

BEFORE_S, AFTER_S = 1.0, 1.0
"""Seconds heard around an example."""
SURGE_WORDS = 4
"""Words a surge is called by in each language."""
ALONG = 6
"""Words shown beside a term."""


class Examples:
    """Examples by theme; `most`: so many were asked for of each."""

    def __init__(self, found: Sequence[Example], *, audio: bool, most: int = MOST_EXAMPLES) -> None:
        self._audio, self._most = audio, most
        self._of: dict[Theme, list[Example]] = defaultdict(list)
        for example in found:
            self._of[example.theme].append(example)

    def shown(self, theme: Theme) -> str:
        """The words most of them use; what the theme is counted as where there is none."""
        words = [example.shown for example in self._of[theme]]
        return max(words, key=lambda each: (words.count(each), each), default=theme.partition(":")[2])

    def sayers(self, theme: Theme) -> Sayers:
        """The calls they are of."""
        return newest({example.clip.call_id: example.clip.at for example in self._of[theme]}, self._most)

    def json(self, theme: Theme, most: int = 3) -> list[ExampleJson]:
        """The newest ones."""
        return [example_json(example.clip, audio=self._audio) for example in self._of[theme][:most]]


def example_json(clip: Clip, *, audio: bool) -> ExampleJson:
    """One example, with the address of its seconds."""
    start_s, end_s = max(0.0, clip.start_s - BEFORE_S), clip.end_s + AFTER_S
    where = f"/v1/calls/{quote(clip.call_id, safe='')}/audio?start_s={start_s:.2f}&end_s={end_s:.2f}"
    return ExampleJson(call_id=clip.call_id, at=clip.at, start_s=start_s, end_s=end_s, clip=where if audio else None)


def term_json(line: Line, before: int, examples: Examples, reasons: Reasons) -> TermJson:
    """A term that has grown, and what goes along with it."""
    growth = line.lead
    shown = examples.shown(growth.theme)
    along = [each for each in map(examples.shown, line.along) if each != shown]
    return TermJson(
        theme=growth.theme,
        shown=shown,
        along=list(label(along, ALONG)),
        language=Language(language_of(growth.theme)),
        calls=growth.calls,
        expected=round(growth.expected, 2),
        times=round(growth.times, 2),
        low=round(growth.low, 2),
        high=round(growth.high, 2),
        chance=growth.chance,
        fresh=before == 0,
        reasons=list(dict.fromkeys(name for theme in (growth.theme, *line.along) for name in reasons.of_term(theme))),
        examples=examples.json(growth.theme),
    )


def reason_json(reason: Reason, weeks: Sequence[Week], growth: Growth | None, examples: Examples) -> ReasonJson:
    """A reason, week by week."""
    return ReasonJson(
        reason_id=reason.reason_id,
        name=Bilingual(en=reason.name_en, fr=reason.name_fr),
        weeks=[week_json(week, reason.theme) for week in weeks],
        times=None if growth is None else round(growth.times, 2),
        low=None if growth is None else round(growth.low, 2),
        high=None if growth is None else round(growth.high, 2),
        grown=growth is not None and growth.grown,
        examples=examples.json(reason.theme),
    )


def week_json(week: Week, theme: Theme) -> WeekJson:
    """One week of a theme; `sums` leave out what too few calls named."""
    calls = week.sums.get(theme)
    every = week.sums[EVERY]
    return WeekJson(
        begins_at=week.begins_at,
        calls=calls,
        share=None if calls is None or not every else round(calls / every, 4),
    )


def surge_words(terms: Sequence[Theme], examples: Examples) -> list[SurgeWordsJson]:
    """What a surge is called, by language in the order of its terms."""
    of_each: dict[Language, list[str]] = defaultdict(list)
    for theme in terms:
        of_each[Language(language_of(theme))].append(examples.shown(theme))
    return [
        SurgeWordsJson(language=language, shown=list(label(shown, SURGE_WORDS))) for language, shown in of_each.items()
    ]


def surge_json(surge: Surge, calls: int, examples: Examples, reasons: Reasons) -> SurgeJson:
    """A surge, as somebody sees it of whose teams so many calls are."""
    assert surge.surge_id is not None, "it is kept"
    terms = [theme for theme in surge.themes if not is_reason(theme)]
    words = surge_words(terms, examples)
    stand_for = [name for theme in terms for name in reasons.of_term(theme)]
    named = [theme.partition(":")[2] for theme in surge.themes if is_reason(theme)]
    return SurgeJson(
        surge_id=surge.surge_id,
        shown=[each for one in words for each in one.shown],
        words=words,
        reasons=list(dict.fromkeys((*named, *stand_for))),
        languages=sorted(one.language for one in words),
        began_at=surge.began_at,
        found_at=surge.found_at,
        ended_at=surge.ended_at,
        calls=calls,
        times=round(surge.calls / max(surge.expected, 0.1), 1),
        acknowledged_by=surge.acknowledged_by,
        acknowledged_at=surge.acknowledged_at,
        examples=examples.json(surge.themes[0]),
    )
