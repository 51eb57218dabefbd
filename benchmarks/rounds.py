"""Timing two things in turn, so that a noisy machine is noisy to both."""

import gc
import statistics
import time
from collections.abc import Callable


def in_turn(rounds: int, *things: Callable[[], object]) -> list[float]:
    """Run each thing `rounds` times, alternating; return the median seconds of each."""
    taken: list[list[float]] = [[] for _ in things]
    for _ in range(rounds):
        for times, thing in zip(taken, things, strict=True):
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            thing()
            times.append(time.perf_counter() - start)
            gc.enable()
    return [statistics.median(times) for times in taken]


def say(name: str, seconds: float, floor: float, wanted: str) -> None:
    """Print one figure with its floor and what was asked for."""
    print(
        f"{name}: {seconds * 1000:.1f} ms, floor {floor * 1000:.1f} ms, "
        f"ratio {seconds / floor:.2f} ({wanted})"
    )


def best_in_turn(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Ask each measure `rounds` times, alternating; return the least of each.

    What comes on top of the least was the other programs of a shared machine.
    """
    told = [[measure() for measure in measures] for _ in range(rounds)]
    return [min(each) for each in zip(*told, strict=True)]
