"""Reports for people: dates and names as they write them, in both languages; nothing twice, and nothing unsaid."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from alerts.policy import AlertPolicy
from alerts.rulebook import STARTER_RULES, load_rulebook
from qa_monitor.reports import pdf
from qa_monitor.reports.dates import MONTHS, day_name, period_name, period_tick
from qa_monitor.reports.lines import lines_of
from qa_monitor.reports.part_names import part_names
from qa_monitor.reports.periods import Every, periods, zone_named
from qa_monitor.reports.records import Asked, By, Key, Kind, Named, Report, Tally
from qa_monitor.reports.table import report_rows
from qa_monitor.reports.words import WORDS, part_name
from qa_monitor.rules.rulesets import RuleSets
from qa_monitor.scorecards.in_force import ScorecardsInForce
from streams.records import Language
from tests.qa_monitor.storing import a_store

EN, FR = Language.EN, Language.FR
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def a_report(first: date, last: date, every: Every, *keys: Key, kind: Kind = Kind.FLAGS) -> Report:
    asked = Asked(kind=kind, by=By.TEAM, every=every, zone="Europe/Paris", first=first, last=last)
    tallies = [Tally(key=key, period=0, sums={"calls": 10, "told": 2}) for key in keys]
    lines = lines_of(kind, tallies)
    return Report(asked=asked, periods=periods(first, last, every, zone_named(asked.zone)), lines=lines)


def named(report: Report, language: Language) -> list[str]:
    return [period_name(report, each, language).replace("\u00a0", " ") for each in report.periods]


def test_days_are_written_as_people_write_them() -> None:
    assert day_name(date(2026, 11, 23), EN) == "23\u00a0Nov\u00a02026"
    assert day_name(date(2026, 11, 23), FR) == "23\u00a0nov.\u00a02026"
    assert day_name(date(2026, 5, 1), FR, year=False) == "1er\u00a0mai"
    assert {len(set(months)) for months in MONTHS.values()} == {12}


def test_a_week_is_named_by_its_monday_and_marked_where_it_lies_only_in_part_within() -> None:
    report = a_report(date(2026, 11, 11), date(2026, 11, 22), Every.WEEK)

    assert named(report, EN) == ["week of 9 Nov †", "week of 16 Nov"]
    assert named(report, FR) == ["semaine du 9 nov. †", "semaine du 16 nov."]
    assert period_tick(report, report.periods[0], FR) == "9\u00a0nov.\u00a0†"


def test_weeks_of_two_years_tell_which() -> None:
    assert named(a_report(date(2026, 1, 1), date(2026, 1, 11), Every.WEEK), EN) == [
        "week of 29 Dec 2025 †",
        "week of 5 Jan 2026",
    ]


def test_months_tell_their_year_and_whether_they_are_whole() -> None:
    assert named(a_report(date(2026, 10, 1), date(2026, 11, 22), Every.MONTH), FR) == ["oct. 2026", "nov. 2026 †"]


@pytest.mark.parametrize("language", Language)
def test_below_the_table_stands_what_the_mark_means_only_where_there_is_one(language: Language) -> None:
    cut = a_report(date(2026, 11, 11), date(2026, 11, 22), Every.WEEK)
    whole = a_report(date(2026, 11, 9), date(2026, 11, 22), Every.WEEK)

    assert WORDS[language].partial in pdf._notes(cut, language, 1)
    assert WORDS[language].partial not in pdf._notes(whole, language, 1)


def test_lines_tell_their_rule_by_name_and_the_sum_of_all_as_such() -> None:
    own, gone, every = Key("default", "north", "r1"), Key("default", "north", "r0"), Key("default", "north")
    report = a_report(date(2026, 11, 9), date(2026, 11, 15), Every.WEEK, own, gone, every)
    report = replace(report, parts={own: Named("Asks for a manager", "Demande un responsable")})

    assert {row[1] for row in report_rows(report, EN)[1]} == {"All together", "r0", "Asks for a manager"}
    assert {row[1] for row in report_rows(report, FR)[1]} == {"Tout ensemble", "r0", "Demande un responsable"}
    surveys = a_report(date(2026, 11, 9), date(2026, 11, 15), Every.WEEK, kind=Kind.SURVEYS)
    assert part_name(surveys, Key("default", "north", "nps"), FR) == "NPS"


def test_names_are_those_in_force_and_of_scorecards_that_calls_were_scored_by(tmp_path: Path) -> None:
    rules = RuleSets([], starter=True, data_dir=tmp_path, clock=lambda: NOW)
    cards = ScorecardsInForce([], data_dir=tmp_path, rules=rules, policy=AlertPolicy(), clock=lambda: NOW)
    old = replace(cards.ready[0].scorecard, scorecard_id="old", name_en="Last year's", name_fr="Celle de l’an dernier")
    rule, card = load_rulebook([STARTER_RULES]).rules[0], cards.ready[0].scorecard
    asked = a_report(date(2026, 11, 9), date(2026, 11, 15), Every.WEEK).asked
    parts = (rule.rule_id, card.scorecard_id, "old", "gone")
    of_rule, of_card, of_old, gone = (Key("default", "north", part) for part in parts)

    async def work() -> None:
        async with a_store(tmp_path) as store:
            names = part_names(rules, cards, store.scorecards)
            for at, kept in (
                (NOW - timedelta(days=1), replace(old, version="1", name_en="Its first name")),
                (NOW, old),
            ):
                await store.scorecards.save_scorecard(kept, at)
            assert await names(asked, [of_rule, gone]) == {of_rule: Named(rule.name_en, rule.name_fr)}
            assert await names(replace(asked, kind=Kind.SCORES), [of_card, of_old, gone]) == {
                of_card: Named(card.name_en, card.name_fr),
                of_old: Named(old.name_en, old.name_fr),
            }

    asyncio.run(work())


@pytest.mark.parametrize("language", Language)
def test_a_report_without_lines_says_that_it_is_empty(language: Language) -> None:
    empty = a_report(date(2026, 11, 9), date(2026, 11, 15), Every.WEEK)
    said = [getattr(each, "text", "") for each in pdf.story_of(empty, language)]

    assert pdf.report_pdf(empty, language).startswith(b"%PDF-")
    assert WORDS[language].empty in said
