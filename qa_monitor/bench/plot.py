"""Latency and processor time against the number of calls, as SVG written by hand. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from qa_monitor.bench.figures import LATEST_P95_S, Figures

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 70, 70, 60
INK, GRID = "#222", "#ddd"
STYLE = "font-family: sans-serif; font-size: 13px"
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TICKS = 8
LEGEND_STEP = 148


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One curve."""

    name: str
    colour: str
    dash: str
    value: Callable[[Figures], float | None]


LATENCIES = (
    Line(name="final, p95 (s)", colour="#b2182b", dash="", value=lambda one: one.final_p95_s),
    Line(name="final, p50 (s)", colour="#2166ac", dash="", value=lambda one: one.final_p50_s),
    Line(name="first partial, p50 (s)", colour="#777777", dash="2 3", value=lambda one: one.partial_p50_s),
)
PROCESSOR = Line(name="processor (cores)", colour="#1b7837", dash="7 4", value=lambda one: one.cpu_share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Values of one axis to points of the picture."""

    most: float
    first: float
    last: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        return self.first + (self.last - self.first) * value / self.most

    @property
    def ticks(self) -> list[float]:
        """Round values along the axis."""
        step = self.most
        for power in range(-2, 4):
            fitting = [nice * 10.0**power for nice in NICE if self.most / (nice * 10.0**power) <= MOST_TICKS]
            if fitting:
                step = fitting[0]
                break
        return [number * step for number in range(int(self.most / step + 1e-9) + 1)]


def plot(steps: Sequence[Figures], title: str) -> str:
    """A whole SVG document; steps in any order, at least one."""
    ordered = sorted(steps, key=lambda one: one.calls)
    across = Scale(most=float(ordered[-1].calls), first=LEFT, last=WIDTH - RIGHT)
    latest = max([LATEST_P95_S, *(value for line in LATENCIES for _, value in _points(ordered, line))])
    seconds = Scale(most=latest * 1.1, first=HEIGHT - BOTTOM, last=TOP)
    busiest = max([1.0, *(value for _, value in _points(ordered, PROCESSOR))])
    cores = Scale(most=busiest * 1.1, first=HEIGHT - BOTTOM, last=TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<g style="{STYLE}" fill="{INK}">',
        _text(WIDTH / 2, 22, title, "middle"),
        *_axes(across, seconds, cores),
        *_curves(ordered, across, seconds, cores),
        *_legend(),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _points(ordered: Sequence[Figures], line: Line) -> list[tuple[int, float]]:
    return [(one.calls, value) for one in ordered if (value := line.value(one)) is not None]


def _axes(across: Scale, seconds: Scale, cores: Scale) -> list[str]:
    floor = HEIGHT - BOTTOM
    found = []
    for tick in seconds.ticks:
        found.append(_stroke(LEFT, seconds.at(tick), WIDTH - RIGHT, seconds.at(tick), GRID))
        found.append(_text(LEFT - 8, seconds.at(tick) + 4, f"{tick:g}", "end"))
    for tick in cores.ticks:
        found.append(_text(WIDTH - RIGHT + 8, cores.at(tick) + 4, f"{tick:g}", "start", PROCESSOR.colour))
    for tick in across.ticks:
        found.append(_stroke(across.at(tick), floor, across.at(tick), floor + 5, INK))
        found.append(_text(across.at(tick), floor + 20, f"{tick:g}", "middle"))
    limit = seconds.at(LATEST_P95_S)
    found.append(_stroke(LEFT, limit, WIDTH - RIGHT, limit, LATENCIES[0].colour, "1 4"))
    found.append(_stroke(LEFT, floor, WIDTH - RIGHT, floor, INK))
    found.append(_text(WIDTH / 2, floor + 42, "calls at once, two channels each", "middle"))
    found.append(_turned(18, (TOP + floor) / 2, "seconds"))
    found.append(_turned(WIDTH - 16, (TOP + floor) / 2, "cores", PROCESSOR.colour))
    return found


def _curves(ordered: Sequence[Figures], across: Scale, seconds: Scale, cores: Scale) -> list[str]:
    found = []
    for line, scale in [*((line, seconds) for line in LATENCIES), (PROCESSOR, cores)]:
        points = [(across.at(calls), scale.at(value)) for calls, value in _points(ordered, line)]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        found.append(
            f'<polyline points="{joined}" fill="none" stroke="{line.colour}" stroke-width="2"'
            f' stroke-dasharray="{line.dash or "none"}"/>'
        )
        found += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{line.colour}"/>' for x, y in points]
    return found


def _legend() -> list[str]:
    found = []
    for place, line in enumerate([*LATENCIES, PROCESSOR]):
        x, y = LEFT + LEGEND_STEP * place, TOP - 20
        found.append(_stroke(x, y - 4, x + 18, y - 4, line.colour, line.dash))
        found.append(_text(x + 23, y, line.name, "start"))
    return found


def _text(x: float, y: float, words: str, anchor: str, colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _turned(x: float, y: float, words: str, colour: str = INK) -> str:
    turn = f"rotate(-90 {x:.1f} {y:.1f})"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{colour}" transform="{turn}">{escape(words)}</text>'
    )


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="1.5"{dashed}/>'
    )
