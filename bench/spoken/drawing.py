"""Recall and false hits over the certainty asked for, as a picture (SVG). Pure."""

from collections.abc import Mapping, Sequence
from html import escape

from bench.spoken.figures import Point
from streams.records import Language

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 650, 70, 360
INK, GRID = "#222", "#ddd"
COLOURS = {Language.FR: "#2166ac", Language.EN: "#b2182b"}
STEPS = 5
LEAST_PER_HOUR = 1.0
LEGEND_STEP = 150

Curve = Sequence[tuple[float, Point]]


def drawing(curves: Mapping[Language, Curve]) -> str:
    """A whole SVG document: recall on the left axis, solid; false hits per hour on the right one, dashed."""
    most = max([LEAST_PER_HOUR, *(one.false_per_hour for curve in curves.values() for _, one in curve)])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<g style="font-family: sans-serif; font-size: 13px" fill="{INK}">',
        _text(WIDTH / 2, 24, "Phrases found in telephone speech, by the certainty a hit has to have", "middle"),
        *_axes(most),
    ]
    for place, (language, curve) in enumerate(curves.items()):
        recalls = [(_across(floor), _up(one.recall)) for floor, one in curve]
        wrong = [(_across(floor), _up(one.false_per_hour / most)) for floor, one in curve]
        for turn, (name, points, dash) in enumerate((("recall", recalls, "none"), ("false per hour", wrong, "6 4"))):
            x = LEFT + LEGEND_STEP * (2 * place + turn)
            parts.append(_line(points, COLOURS[language], dash))
            parts.append(_line([(x, TOP - 25), (x + 22, TOP - 25)], COLOURS[language], dash))
            parts.append(_text(x + 27, TOP - 21, f"{language.value}, {name}", "start"))
    return "\n".join([*parts, "</g>", "</svg>"]) + "\n"


def _axes(most: float) -> list[str]:
    found = [_text((LEFT + RIGHT) / 2, BOTTOM + 42, "certainty at least", "middle")]
    for step in range(STEPS + 1):
        share = step / STEPS
        found.append(_line([(LEFT, _up(share)), (RIGHT, _up(share))], GRID, "none"))
        found.append(_text(LEFT - 8, _up(share) + 4, f"{share:.0%}", "end"))
        found.append(_text(RIGHT + 8, _up(share) + 4, f"{share * most:.2g}/h", "start"))
        found.append(_text(_across(share), BOTTOM + 20, f"{share:g}", "middle"))
    return found


def _across(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _up(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share


def _line(points: Sequence[tuple[float, float]], colour: str, dash: str) -> str:
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
