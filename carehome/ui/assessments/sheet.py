"""The form that is being filled in: its answers, where one stands, what comes of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from carehome.rules.assessments.form import Form, Item, Value
from carehome.rules.assessments.judging import Judgement, judge
from carehome.services.assessments import AssessmentState


class Sheet(QObject):
    """One form as it is filled in, judged anew with every answer.

    `answered` goes out with the number of what was answered, changed or cleared,
    `head_changed` when the head was, `moved` when one stands at another item,
    `compared` when there is another assessment to compare with, `completed` when one
    goes on from the last item and none is missing.
    """

    answered = Signal(str)
    head_changed = Signal()
    moved = Signal()
    compared = Signal()
    completed = Signal()

    def __init__(self, state: AssessmentState, adds_up: bool = False) -> None:
        super().__init__()
        self.state = state
        self.form: Form = state.form
        self.items: Sequence[Item] = state.form.items
        self.head = state.head
        self.answers: dict[str, Value] = dict(state.answers)
        self.judgement: Judgement = state.judgement
        self._adds_up = adds_up
        self._numbers = [item.number for item in self.items]
        self._places = {number: at for at, number in enumerate(self._numbers)}
        most = max(option.points for item in self.items for option in item.options)
        self._digits_are_points = most < 10
        self.at = self._where_one_stopped()

    @property
    def item(self) -> Item:
        """The item one stands at."""
        return self.items[self.at]

    def key_of(self, points: int, item: Item) -> str:
        """Return the digit that gives an item these points."""
        return next(key for key, each in self.keys(item).items() if each == points)

    def keys(self, item: Item) -> dict[str, int]:
        """Return which digit gives an item how many points.

        It is the points themselves, unless the form gives 10 and more for some item:
        then the options are counted.
        """
        points = [option.points for option in item.options]
        if self._digits_are_points:
            return {str(each): each for each in points}
        return {str(at): each for at, each in enumerate(points, 1)}

    @property
    def last(self) -> AssessmentState | None:
        """The assessment before this one, if it was made with the same form."""
        last = self.state.last
        return last if last and last.form.code == self.form.code else None

    def points(self, number: str) -> int | None:
        """Return the points that an item was given."""
        value = self.answers.get(number)
        return value if isinstance(value, int) else None

    def last_points(self, number: str) -> int | None:
        """Return the points that an item was given last time."""
        value = self.last.answers.get(number) if self.last else None
        return value if isinstance(value, int) else None

    @property
    def missing(self) -> list[str]:
        """The numbers of the items that still need an answer."""
        return list(self.judgement.missing)

    def answer(self, number: str, value: Value | None) -> None:
        """Answer something, or take the answer away."""
        if self.answers.get(number) == value:
            return
        if value is None:
            self.answers.pop(number, None)
        else:
            self.answers[number] = value
        self.judgement = judge(self.form, self.answers, self._adds_up)
        self.answered.emit(number)

    def choose(self, points: int) -> None:
        """Answer the item one stands at and go on to the next."""
        self.answer(self.item.number, points)
        self.go_on()

    def compare_with(self, state: AssessmentState) -> None:
        """Compare with what came before the base day as it is now."""
        self.state = replace(self.state, last=state.last)
        self.compared.emit()

    def change_head(self, **told: Any) -> None:
        """Change what the head says."""
        head = replace(self.head, **told)
        if head != self.head:
            self.head = head
            self.head_changed.emit()

    def go(self, at: int) -> None:
        """Stand at another item."""
        at = min(max(at, 0), len(self.items) - 1)
        if at != self.at:
            self.at = at
            self.moved.emit()

    def go_to(self, number: str) -> None:
        """Stand at the item with this number."""
        self.go(self._places[number])

    def go_on(self) -> None:
        """Go to the next item; from the last one to what is still missing."""
        if self.at + 1 < len(self.items):
            self.go(self.at + 1)
        elif self.missing:
            self.go_to(self.missing[0])
        else:
            self.completed.emit()

    def go_by_group(self, step: int) -> None:
        """Go to the first item of the next group, or of this one or the one before."""
        firsts = [self._places[group.items[0].number] for group in self.form.groups]
        if step > 0:
            later = (at for at in firsts if at > self.at)
            self.go(next(later, len(self.items) - 1))
        else:
            earlier = [at for at in firsts if at < self.at]
            self.go(earlier[-1] if earlier else 0)

    def go_to_missing(self) -> None:
        """Go to the next item without an answer, beginning anew after the last."""
        places = [self._places[number] for number in self.missing]
        if not places:
            self.completed.emit()
            return
        later = (at for at in places if at > self.at)
        self.go(next(later, places[0]))

    def _where_one_stopped(self) -> int:
        """Return the item after the last one answered, or the first one missing."""
        given = [self._places[n] for n in self._numbers if self.points(n) is not None]
        after = given[-1] + 1 if given else 0
        if after < len(self.items):
            return after
        return self._places[self.missing[0]] if self.missing else 0
