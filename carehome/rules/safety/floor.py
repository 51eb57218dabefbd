"""Points on a floor plan: how they are told, and what their shapes say."""

from math import cos, pi, sin

WHOLE = 10_000  # a point is told in ten-thousandths of the picture
_ROUND = 40

# Who sees no colours, or a print in black and white, still sees the shapes.
_SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "warn": ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)),
    "bad": ((0, -1.45), (1.45, 0), (0, 1.45), (-1.45, 0)),
}


def corners(tone: str) -> tuple[tuple[float, float], ...]:
    """Return the outline of a point: round in order, square soon, a diamond late."""
    turns = (2 * pi * at / _ROUND for at in range(_ROUND))
    return _SHAPES.get(tone) or tuple((cos(turn), sin(turn)) for turn in turns)
