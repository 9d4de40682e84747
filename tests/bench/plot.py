"""A plot of seconds and memory by length, as SVG."""

from collections.abc import Sequence

from msgspec import Struct


class Measured(Struct, frozen=True):
    """One run: length of the text, processor time, peak of memory."""

    megabytes: float
    seconds: float
    memory: float
    """Megabytes."""


_WIDTH, _HEIGHT, _MARGIN = 640, 400, 56


def svg(runs: Sequence[Measured], title: str) -> str:
    """Draw seconds (left, dots and line) and memory (right, hollow) on linear scales."""
    far = max(run.megabytes for run in runs)
    slow, large = max(run.seconds for run in runs), max(run.memory for run in runs)
    inner, tall = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN

    def place(run: Measured, share: float) -> tuple[float, float]:
        return _MARGIN + inner * run.megabytes / far, _HEIGHT - _MARGIN - tall * share

    seconds = [place(run, run.seconds / slow) for run in runs]
    memory = [place(run, run.memory / large) for run in runs]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in seconds)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in seconds]
    rings = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="none" stroke="#777"/>' for x, y in memory]
    low, right = _HEIGHT - _MARGIN, _WIDTH - _MARGIN
    labels = [
        _label(_WIDTH / 2, 24, title),
        _label(_WIDTH / 2, _HEIGHT - 14, f"length of the text, to {far:.1f} MB"),
        _label(_MARGIN, _MARGIN - 12, f"● {slow:.1f} s"),
        _label(right, _MARGIN - 12, f"○ {large:.0f} MB"),
        _label(_MARGIN, low + 16, "0"),
    ]
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"',
            f'viewBox="0 0 {_WIDTH} {_HEIGHT}">',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            f'<path d="M{_MARGIN} {_MARGIN}V{low}H{right}V{_MARGIN}" fill="none" stroke="#000"/>',
            f'<polyline points="{_MARGIN},{low} {line}" fill="none" stroke="#000"/>',
            *dots,
            *rings,
            *labels,
            "</svg>\n",
        ]
    )


def _label(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="13" text-anchor="middle">{text}</text>'
