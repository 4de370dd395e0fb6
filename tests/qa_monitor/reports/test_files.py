"""Files: what is brought in is read with every mistake at its line; reports are written for programs and for people."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from qa_monitor.reports.customers import SurveyKind
from qa_monitor.reports.customers_csv import read_surveys, read_waits
from qa_monitor.reports.lines import lines_of
from qa_monitor.reports.pdf import report_pdf
from qa_monitor.reports.periods import Every, periods, zone_named
from qa_monitor.reports.records import Asked, By, Key, Kind, Report, Tally
from qa_monitor.reports.table import report_csv, report_rows
from streams.records import Language

SURVEYS = "survey_id,call_id,kind,value,answered_at\n"
WAITS = "wait_id,began_at,waited_s,answered,queue\n"
SERVICE = {
    "offered": 1_250,
    "answered": 1_150,
    "in_time": 1_000,
    "gave_up_soon": 0,
    "wait_s": 11_500,
    "wait_s2": 190_000,
}


def a_report(name: str = "north") -> Report:
    asked = Asked(
        kind=Kind.SERVICE,
        by=By.TEAM,
        every=Every.WEEK,
        zone="Europe/Paris",
        first=date(2026, 3, 2),
        last=date(2026, 3, 15),
    )
    tallies = [Tally(key=Key("default", name), period=number, sums=SERVICE) for number in (0, 1)]
    return Report(
        asked=asked,
        periods=periods(asked.first, asked.last, asked.every, zone_named(asked.zone)),
        lines=lines_of(Kind.SERVICE, tallies),
        pending=3,
    )


def test_answers_are_read_as_spreadsheets_write_them() -> None:
    """With a mark in front, semicolons, and columns nobody asked for."""
    text = "\ufeffsurvey_id;call_id;kind;value;answered_at;comment\ns1;c1;NPS;9;2026-03-02T10:15:00+01:00;merci\n"
    read = read_surveys(text)

    assert read.problems == ()
    assert (read.items[0].kind, read.items[0].value) == (SurveyKind.NPS, 9)
    assert read.items[0].answered_at == datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("s1,c1,nps,11,2026-03-02T10:15:00Z", "value: found 11; allowed: 0 to 10 for nps"),
        ("s1,c1,ces,0,2026-03-02T10:15:00Z", "value: found 0; allowed: 1 to 7 for ces"),
        ("s1,c1,csat,4.5,2026-03-02T10:15:00Z", "value: found '4.5'; allowed: a whole number"),
        ("s1,c1,mood,4,2026-03-02T10:15:00Z", "kind: found 'mood'; allowed: nps, csat, ces"),
        ("s1,c1,nps,4,2026-03-02T10:15:00", "answered_at: found '2026-03-02T10:15:00'; allowed: a time with its zone"),
        (",c1,nps,4,2026-03-02T10:15:00Z", "survey_id: found ''; allowed: 1 to 200 printable characters"),
    ],
)
def test_a_wrong_answer_is_told_with_its_line(line: str, words: str) -> None:
    read = read_surveys(f"{SURVEYS}s0,c0,nps,4,2026-03-02T10:15:00Z\n{line}\n")

    assert [problem.line for problem in read.problems] == [3]
    assert words in read.problems[0].problem


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("w1,2026-03-02T10:15:00Z,-1,yes,q", "waited_s: found -1.0"),
        ("w1,2026-03-02T10:15:00Z,nan,yes,q", "waited_s: found nan"),
        ("w1,2026-03-02T10:15:00Z,soon,yes,q", "waited_s: found 'soon'"),
        ("w1,2026-03-02T10:15:00Z,3,maybe,q", "answered: found 'maybe'; allowed: yes, no"),
        ("w1,yesterday,3,yes,q", "began_at: found 'yesterday'"),
    ],
)
def test_a_wrong_wait_is_told_with_its_line(line: str, words: str) -> None:
    read = read_waits(f"{WAITS}{line}\n")

    assert words in read.problems[0].problem


def test_missing_columns_are_named() -> None:
    assert read_waits("wait_id,answered\n").problems[0].problem == "columns are missing: began_at, waited_s"


def test_a_report_for_programs_has_one_row_per_figure() -> None:
    rows = list(csv.DictReader(io.StringIO(report_csv(a_report()))))

    assert len(rows) == 3 * 5
    assert (rows[0]["figure"], rows[0]["period"], rows[0]["n"]) == ("in_time_share", "whole", "2500")
    assert float(rows[0]["value"]) == 0.8
    assert (rows[5]["period"], rows[5]["from"], rows[5]["until"]) == ("2026-W10", "2026-03-02", "2026-03-08")


def test_a_name_from_telephony_is_no_formula() -> None:
    assert "'=1+1" in report_csv(a_report("=1+1"))


def test_a_report_for_people_is_written_in_their_language() -> None:
    heads, rows = report_rows(a_report(), Language.FR)

    assert heads[:3] == ["Équipe", "Période", "Décrochés à temps"]
    assert rows[0][:4] == ["north", "Toute la durée", "80,0\u00a0%\n[78,4–81,5]\nn\u00a02\u00a0500", "2\u00a0500"]
    assert report_rows(a_report(), Language.EN)[1][0][2] == "80.0%\n[78.4–81.5]\nn\u00a02,500"


@pytest.mark.parametrize("language", Language)
def test_a_report_is_a_pdf_whatever_its_names_hold(language: Language) -> None:
    """Markup is text, letters that the fonts lack stop nothing, and the same report is the same file."""
    report = a_report("<b>Équipe œuvre & 測試</b>")

    assert report_pdf(report, language).startswith(b"%PDF-")
    assert report_pdf(report, language) == report_pdf(report, language)
