"""What reports say on paper and in mail, in both languages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from qa_monitor.reports.dates import NBSP, PARTIAL
from qa_monitor.reports.definitions import Definition
from qa_monitor.reports.periods import Every
from qa_monitor.reports.records import By, Figure, Key, Kind, Report, Unit
from streams.records import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language."""

    kinds: Mapping[Kind, str]
    by: Mapping[By, str]
    period: str
    whole: str
    part: str
    all_parts: str
    """Where a line is about all rules, or all scorecards."""
    empty: str
    """A report without lines."""
    partial: str
    """Below a report with a week or month that lies only in part within it."""
    few: str
    note: str
    risk: str
    """Beside a share that tells of a strain on somebody."""
    pending: str
    withheld: str
    decimal: str
    percent: str
    none: str
    every: Mapping[Every, str]
    """Behind the name of a figure."""
    more: str
    """`{n}` lines are not drawn."""
    cut: str
    """`{n}` of `{all}` rows are shown."""
    page: str
    """`{n}` is the page's number."""
    subject: str
    text: str


WORDS: Mapping[Language, Words] = {
    Language.EN: Words(
        kinds={
            Kind.CALLS: "Calls and handle time",
            Kind.FLAGS: "Red flags",
            Kind.SCORES: "Scores",
            Kind.SERVICE: "Service level",
            Kind.SURVEYS: "What customers answered",
            Kind.OCCUPANCY: "Occupancy",
        },
        by={
            By.ALL: "Everything",
            By.PARTNER: "Partner",
            By.TEAM: "Team",
            By.QUEUE: "Queue",
            By.AGENT: "Agent",
        },
        period="Period",
        whole="Whole time",
        part="Of",
        all_parts="All together",
        empty="This report is empty: nothing is counted in this time.",
        partial=f"{PARTIAL} lies only in part within this report: its figures are of the days within.",
        few="* rests on fewer than 5: it says little",
        note="n: calls, answers or days a figure rests on; in brackets its 95% interval.",
        risk="lasting: a risk",
        pending="{n} changes of calls are not counted yet.",
        withheld="Scores of calls under blind calibration are left out ({n} calls now).",
        decimal=".",
        percent="%",
        none="(none)",
        every={Every.DAY: "by day", Every.WEEK: "by week", Every.MONTH: "by month", Every.WHOLE: ""},
        more="{n} more: in the table",
        cut="Only the first {n} of {all} rows are printed: the CSV file has all.",
        page="Page {n}",
        subject="{kind} by {by}: {period}",
        text="{kind} by {by}, {first} to {last} ({zone}).",
    ),
    Language.FR: Words(
        kinds={
            Kind.CALLS: "Appels et durée de traitement",
            Kind.FLAGS: "Alertes",
            Kind.SCORES: "Notes",
            Kind.SERVICE: "Niveau de service",
            Kind.SURVEYS: "Réponses des clients",
            Kind.OCCUPANCY: "Taux d’occupation",
        },
        by={
            By.ALL: "Ensemble",
            By.PARTNER: "Donneur d’ordre",
            By.TEAM: "Équipe",
            By.QUEUE: "File d’attente",
            By.AGENT: "Agent",
        },
        period="Période",
        whole="Toute la durée",
        part="De",
        all_parts="Tout ensemble",
        empty=f"Ce rapport est vide{NBSP}: rien n’est compté sur cette période.",
        partial=f"{PARTIAL} n’est qu’en partie dans ce rapport{NBSP}: ses chiffres sont ceux des jours qui y sont.",
        few=f"* repose sur moins de 5{NBSP}: peu probant",
        note=f"n{NBSP}: nombre d’appels, de réponses ou de jours{NBSP}; entre crochets, l’intervalle à 95{NBSP}%.",
        risk=f"durable{NBSP}: un risque",
        pending="{n} changements d’appels ne sont pas encore comptés.",
        withheld=f"Les notes des appels en calibrage à l’aveugle sont omises (appels concernés{NBSP}: {{n}}).",
        decimal=",",
        percent=f"{NBSP}%",
        none="(aucune)",
        every={Every.DAY: "par jour", Every.WEEK: "par semaine", Every.MONTH: "par mois", Every.WHOLE: ""},
        more=f"{{n}} de plus{NBSP}: dans le tableau",
        cut="Seules les {n} premières lignes sur {all} sont imprimées. Le fichier CSV les contient toutes.",
        page="Page {n}",
        subject=f"{{kind}} par {{by}}{NBSP}: {{period}}",
        text="{kind} par {by}, du {first} au {last} ({zone}).",
    ),
}


def shown(figure: Figure, definition: Definition, language: Language) -> str:
    """A number as people read it, in lines: with its unit and a star where it rests on few; its interval; its n."""
    if figure.value is None:
        return "–"
    if definition.unit is Unit.COUNT:
        return _number(figure.value, definition.unit, language)
    lines = [_number(figure.value, definition.unit, language) + ("*" if figure.few else "")]
    if figure.low is not None and figure.high is not None:
        low, high = (_bare(value, definition.unit, language) for value in (figure.low, figure.high))
        lines.append(f"[{low}–{high}]")
    risk = [WORDS[language].risk] if figure.risk else []
    return "\n".join([*lines, f"n{NBSP}{_grouped(figure.n, language)}", *risk])


def line_name(report: Report, key: Key, language: Language) -> str:
    """Whose line it is, in words."""
    if report.asked.by is By.ALL:
        return WORDS[language].by[By.ALL]
    if report.asked.by is By.PARTNER:
        return key.tenant
    name = report.names.get(key) or key.name or WORDS[language].none
    return name if key.tenant == "default" else f"{key.tenant} / {name}"


def part_name(report: Report, key: Key, language: Language) -> str:
    """The rule or scorecard a line is about, by its name where it is known; of a survey what people call it."""
    if not key.part:
        return WORDS[language].all_parts
    if report.asked.kind is Kind.SURVEYS:
        return key.part.upper()
    named = report.parts.get(key)
    return key.part if named is None else named.fr if language is Language.FR else named.en


def tick(value: float, unit: Unit, language: Language) -> str:
    """A number beside a chart: as short as it can be, with its unit."""
    words = WORDS[language]
    if unit is Unit.COUNT:
        return _grouped(round(value), language)
    if unit is Unit.SECONDS:
        return clock(value)
    percent = unit is Unit.SHARE
    text = f"{round(100 * value if percent else value, 1):g}".replace(".", words.decimal)
    return text + words.percent if percent else text


def clock(value_s: float) -> str:
    """`4:05`, `1:02:03`."""
    whole = max(0, round(value_s))
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _number(value: float, unit: Unit, language: Language) -> str:
    text = _bare(value, unit, language)
    return text + WORDS[language].percent if unit is Unit.SHARE else text


def _bare(value: float, unit: Unit, language: Language) -> str:
    match unit:
        case Unit.COUNT:
            return _grouped(round(value), language)
        case Unit.SECONDS:
            return clock(value)
        case Unit.SHARE:
            value = 100 * value
    return f"{value:.1f}".replace(".", WORDS[language].decimal)


def _grouped(value: int, language: Language) -> str:
    return f"{value:,}".replace(",", NBSP if language is Language.FR else ",")
