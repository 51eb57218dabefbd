"""What a request would do to the roster, in a few lines that a head nurse reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import _, say_month
from carehome.rules.requests import Effect
from carehome.rules.rosters.problem import OFF, Why
from carehome.rules.rosters.words import (
    say,
    say_day,
    say_person,
    say_shift,
    say_what,
)
from carehome.services.requests import MonthEffect
from carehome.ui.kit import theme
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.flow import Flow

_MOST = 12  # lines of a kind; what is left is counted


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its tone tells good from bad, and a sign before it does so too."""

    text: str
    tone: str = ""


class Effects(QWidget):
    """Shows what changes: cells, hours, what would be wrong, what would be right."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))

    def show_effects(self, effects: Sequence[MonthEffect]) -> None:
        """Show what changes in each month; without a roster there is nothing yet."""
        self._clear()
        if not effects:
            self._add(Line(_("No roster is made for these days yet.")))
        for month in effects:
            self._head(month)
            for line in lines_of(month.effect):
                self._add(line)
        self._column.addStretch()

    def show_nothing(self, text: str) -> None:
        """Say why there is nothing to see yet."""
        self._clear()
        self._add(Line(text))
        self._column.addStretch()

    def _head(self, month: MonthEffect) -> None:
        row = QWidget()
        flow = Flow(row, 8)
        flow.setContentsMargins(0, 0, 0, 0)
        title = QLabel(say_month(month.first))
        theme.mark(title, "strong")
        flow.addWidget(title)
        state = _("Published") if month.is_published else _("Draft")
        flow.addWidget(Tag(state, "info" if month.is_published else "quiet"))
        hard = len(month.effect.hard)
        if hard:
            text = _("{count} against hard rules").format(count=hard)
            flow.addWidget(Tag(text, "bad"))
        elif not month.effect.new:
            flow.addWidget(Tag(_("Nothing gets worse"), "ok"))
        self._column.addWidget(row)

    def _add(self, line: Line) -> None:
        label = QLabel(line.text)
        label.setWordWrap(True)
        theme.mark(label, line.tone or "note")
        self._column.addWidget(label)

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def lines_of(effect: Effect) -> Iterator[Line]:
    """Yield what changes, line by line."""
    yield from _cut(list(_cells(effect)))
    yield from _hours(effect)
    hard = [_bad(say(each, effect.problem), "\u2716") for each in effect.hard]
    soft = [each for each in effect.new if not each.is_hard]
    yield from _cut(hard)
    yield from _cut([_bad(say(each, effect.problem), "\u25b2") for each in soft])
    yield from _cut([_good(say(each, effect.problem)) for each in effect.gone])
    if not effect.cells:
        yield Line(_("No shift lies on these days."))


def _bad(text: str, sign: str) -> Line:
    return Line(f"{sign} {text}", "error" if sign == "\u2716" else "label")


def _good(text: str) -> Line:
    return Line(_("\u2713 No longer: {text}").format(text=text))


def _cells(effect: Effect) -> Iterator[Line]:
    problem = effect.problem
    for (key, day), before, after in effect.cells:
        text = _("{name}, {day}: {before} → {after}")
        yield Line(
            text.format(
                name=say_person(problem, key),
                day=say_day(problem, day),
                before=say_shift(problem, before),
                after=say_shift(problem, after) if after else _free(effect, key, day),
            ),
            "strong",
        )


def _free(effect: Effect, key: str, day: int) -> str:
    """Say what somebody is who does not work: on leave, or off."""
    for bar in effect.problem.bars.get((key, day), {}).values():
        if bar.why is Why.AWAY:
            return say_what(bar)
    return say_shift(effect.problem, OFF)


def _hours(effect: Effect) -> Iterator[Line]:
    for key, (before, after) in effect.minutes.items():
        if before != after:
            text = _("{name}: {before} hours in the month become {after}")
            name = say_person(effect.problem, key)
            yield Line(
                text.format(name=name, before=_say(before), after=_say(after)), "label"
            )


def _say(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


def _cut(lines: list[Line]) -> Iterator[Line]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        text = _("and {count} more").format(count=len(lines) - _MOST)
        yield Line(text, lines[0].tone)
