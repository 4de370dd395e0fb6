"""A reliability diagram as SVG, without a plotting library: how sure the model was against how often it was right."""

from collections.abc import Sequence

from sentiment.training.figures import Reliability

SIZE, MARGIN = 320, 50


def reliability_svg(bins: Sequence[Reliability]) -> str:
    """One dot for each bin, its area by its share of all answers; on the diagonal the model is honest."""
    edge = SIZE + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {edge} {edge}" font-family="sans-serif" font-size="12">',
        f'<rect width="{edge}" height="{edge}" fill="white"/>',
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4 4"/>',
    ]
    for tenth in range(0, 11, 2):
        lines.append(f'<text x="{_x(tenth / 10)}" y="{_y(0) + 18}" text-anchor="middle">{tenth / 10:g}</text>')
        lines.append(f'<text x="{MARGIN - 8}" y="{_y(tenth / 10) + 4}" text-anchor="end">{tenth / 10:g}</text>')
    path = " ".join(f"{_x(each.sure):.1f},{_y(each.right):.1f}" for each in bins)
    lines.append(f'<polyline points="{path}" fill="none" stroke="#1f4e79"/>')
    for each in bins:
        radius = 3 + 22 * each.share**0.5
        lines.append(
            f'<circle cx="{_x(each.sure):.1f}" cy="{_y(each.right):.1f}" r="{radius:.1f}" fill="#1f4e79" '
            f'fill-opacity="0.35"><title>sure {each.sure:.2f}, right {each.right:.2f}, {each.share:.0%}</title>'
            "</circle>"
        )
    middle = edge / 2
    lines.append(f'<text x="{middle}" y="{edge - 10}" text-anchor="middle">probability of the class it names</text>')
    lines.append(
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">'
        "how often it is right</text>"
    )
    return "\n".join([*lines, "</svg>\n"])


def _x(share: float) -> float:
    return MARGIN + SIZE * share


def _y(share: float) -> float:
    return MARGIN + SIZE * (1 - share)
