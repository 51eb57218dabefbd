"""Where the home stands: the answer first, then parts, conditions, the next star."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _, show_money
from carehome.rules.ratings.grades import GRADE_NAMES, Verdict
from carehome.rules.ratings.items import PART_NAMES
from carehome.rules.ratings.lifting import EFFORT_NAMES, NEAREST, Step, Way
from carehome.rules.ratings.points import show_points
from carehome.services.ratings.next_star import NextStar
from carehome.services.ratings.plan import PlanStep
from carehome.services.ratings.standing import Standing
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Fact, Facts, Figure
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.page import scrolling
from carehome.ui.ratings.part_bars import PartBars, bars_of

MOST_CONDITIONS = 4
Thing = Verdict | Step


class ThingRow(QWidget):
    """One thing that would lift the grade, and the deed that plans it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = Tag(str(number), "info")
        self.name, self.note = Elided(""), QLabel()
        self.plan = button(_("Plan it"), kind="small")
        self.planned = QLabel()
        theme.mark(self.name, "strong")
        theme.mark(self.note, "note")
        theme.mark(self.planned, "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self.number)
        row.addWidget(self.name, 1)
        for each in (self.note, self.planned, self.plan):
            row.addWidget(each)

    def show_thing(self, thing: Thing, step: PlanStep | None, may: bool) -> None:
        """Show a thing, and who does it by when if that is planned."""
        self.name.setText(name_of(thing))
        self.note.setText(note_of(thing))
        self.plan.setVisible(may and step is None)
        self.planned.setVisible(step is not None)
        self.planned.setText(say_planned(step) if step else "")
        self.plan.setAccessibleName(_("Plan “{name}”").format(name=name_of(thing)))


class NowView(QWidget):
    """Shows a standing; `wanted` goes out with a thing that shall be planned.

    `all_wanted` asks for the list of all that would lift the grade.
    """

    wanted = Signal(object)
    all_wanted = Signal()

    def __init__(self, may: bool) -> None:
        super().__init__()
        self._may = may
        self._things: Sequence[Thing] = ()
        self.figure, self.points = Figure(), QLabel()
        self.stamp = Tag("", "warn")
        self.heading, self.still = QLabel(), QLabel()
        self.rows = [ThingRow(number + 1) for number in range(NEAREST)]
        self.all = button("", kind="link")
        self.bars = PartBars()
        self.parts = Card(_("Points by part"))
        self.conditions, self.told = Card(_("Conditions and bars")), Facts()
        self.verdicts = QVBoxLayout()
        self.star = Card(_("What the next star brings"))
        self.brings, self.star_note = Facts(), QLabel()
        self._lay_out()

        self.all.clicked.connect(self.all_wanted)
        for at, row in enumerate(self.rows):
            row.plan.clicked.connect(partial(self._plan, at))

    def show_standing(self, found: Standing) -> None:
        """Show where the home stands by one self-assessment."""
        self._answer(found)
        self._show_way(found)
        self.bars.show_bars(bars_of(found))
        text = _("The numbers are grades; the line of {grade} stands out.")
        grade = _(GRADE_NAMES[found.next_grade])
        self.parts.note.setText(text.format(grade=grade))
        self._show_conditions(found)
        self._show_star(found.next_star)

    def _lay_out(self) -> None:
        for label, kind in (
            (self.points, "note"),
            (self.heading, "heading"),
            (self.still, "note"),
            (self.star_note, "note"),
        ):
            theme.mark(label, kind)
            label.setWordWrap(True)
        answer, head = Card(), QHBoxLayout()
        head.addWidget(self.figure, 1)
        head.addWidget(self.stamp, alignment=Qt.AlignmentFlag.AlignTop)
        answer.body.addLayout(head)
        for widget in (self.points, self.heading, *self.rows, self.still):
            answer.add(widget)
        answer.body.addWidget(self.all, alignment=Qt.AlignmentFlag.AlignLeft)
        self.parts.add(self.bars)
        self.conditions.body.addLayout(self.verdicts)
        self.star.add(self.brings)
        self.star.add(self.star_note)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.parts)
        left.addStretch()
        right.addWidget(self.conditions)
        right.addWidget(self.star)
        right.addStretch()
        below = QHBoxLayout()
        below.setSpacing(theme.px(12))
        below.addLayout(left, 6)
        below.addLayout(right, 5)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(12))
        column.addWidget(answer)
        column.addLayout(below)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inner))

    def _answer(self, found: Standing) -> None:
        self.figure.show_number(_(GRADE_NAMES[found.within_reach]), answer_of(found))
        full = sum(found.full.values())
        text = _("{points} of {full} points. {judged} of {items} items are judged.")
        told = text.format(
            points=show_points(found.hundredths),
            full=show_points(full),
            judged=found.judged,
            items=found.items,
        )
        if found.unjudged:
            text = _("What is not judged yet may bring up to {points} points more.")
            told = " ".join((told, text.format(points=show_points(found.unjudged))))
        self.points.setText(told)
        self.stamp.setText(found.stamp)
        self.stamp.setVisible(bool(found.stamp))

    def _show_way(self, found: Standing) -> None:
        way = found.way
        self._things = things_of(way, found.beyond)
        self.heading.setText(heading_of(way, found.beyond))
        planned = {
            (step.item_id, step.condition_id): step
            for step in found.plan
            if not step.is_done
        }
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(self._things))
            if at < len(self._things):
                thing = self._things[at]
                may = self._may and found.line.is_open
                row.show_thing(thing, planned.get(key_of(thing)), may)
        lacking = sum(each.missing for each in way.still if not each.part) if way else 0
        self.still.setVisible(bool(way and way.still))
        text = _("Even then {points} points are missing. Judge the other items first.")
        self.still.setText(text.format(points=show_points(lacking)))
        self.all.setVisible(bool(found.lifts))
        count = len(found.lifts)
        text = _("All {count} {count:item that lacks|items that lack} points")
        self.all.setText(text.format(count=count))

    def _show_conditions(self, found: Standing) -> None:
        while place := self.verdicts.takeAt(0):
            if old := place.widget():
                old.deleteLater()
        grade = found.next_grade
        asked = next(each for each in found.grades if each.grade == grade)
        verdicts = [*asked.failing, *asked.unknown]
        for verdict in verdicts[:MOST_CONDITIONS]:
            self.verdicts.addWidget(_verdict_row(verdict))
        text = _("{grade} asks: {failing} not met, {unknown} not known yet")
        self.conditions.note.setText(
            text.format(
                grade=_(GRADE_NAMES[grade]),
                failing=len(asked.failing),
                unknown=len(asked.unknown),
            )
        )
        rest = len(verdicts) - MOST_CONDITIONS
        if rest > 0:
            more = QLabel(_("And {count} more conditions.").format(count=rest))
            theme.mark(more, "note")
            self.verdicts.addWidget(more)
        if not verdicts:
            self.verdicts.addWidget(QLabel(_("All conditions hold.")))

    def _show_star(self, star: NextStar | None) -> None:
        self.star.setVisible(star is not None)
        if star is None:
            return
        self.star.note.setText(_("An estimate"))
        self.brings.show_facts(_facts_of(star))
        self.star_note.setText(_basis_of(star))

    def _plan(self, at: int) -> None:
        self.wanted.emit(self._things[at])


def _facts_of(star: NextStar) -> list[Fact]:
    """Return what the star held and the next one bring; none without a rate."""
    if star.fen_now is None or star.fen_then is None or star.more is None:
        return []
    now = _("A month now, {grade}").format(grade=_(GRADE_NAMES[star.held]))
    then = _("A month with {grade}").format(grade=_(GRADE_NAMES[star.star]))
    return [
        Fact(now, show_money(star.fen_now)),
        Fact(then, show_money(star.fen_then)),
        Fact(_("More a month"), show_money(star.more), strong=True),
    ]


def _basis_of(star: NextStar) -> str:
    """Say whom an amount was counted for, or why there is none."""
    if star.more is None:
        if not star.region:
            return _(
                "Where the home lies is not known. Enter the region under the settings."
            )
        text = _(
            "No rate for {region} is known to this program, and that of another place "
            "does not count. Ask the civil affairs office."
        )
        return text.format(region=star.region)
    text = _(
        "Counted for {disabled} disabled, {partly} partly disabled and {able} able "
        "residents of today; {unclassed} not assessed are left out. Rates: {source}"
    )
    return text.format(**star.people, unclassed=star.unclassed, source=star.source)


def answer_of(found: Standing) -> str:
    """Say in a few words how sure the grade is."""
    if found.reached == found.within_reach:
        if not found.reached:
            return _none_of(found)
        return _("is reached: points and conditions hold")
    asked = next(g for g in found.grades if g.grade == found.within_reach)
    text = _(
        "is within reach: {count} {count:condition is|conditions are} not known yet"
    )
    return text.format(count=len(asked.unknown))


def _none_of(found: Standing) -> str:
    """Say why no grade is reached: points, or conditions of the lowest one."""
    if not found.by_points:
        return _("The points do not suffice for a grade yet.")
    failing = found.way.failing if found.way else ()
    text = _(
        "The points suffice for {grade}; {count} {count:condition|conditions} fail."
    )
    grade = _(GRADE_NAMES[found.by_points])
    return text.format(grade=grade, count=len(failing))


def things_of(*ways: Way | None) -> list[Thing]:
    """Return the nearest things on the ways: conditions first, then items."""
    things: list[Thing] = []
    for way in ways:
        if way:
            things += [*way.failing, *way.steps]
    return things[:NEAREST]


def heading_of(way: Way | None, beyond: Way | None) -> str:
    """Say how many things lift the home to which grade, and how many to the next."""
    if way is None:
        return _("There is no higher grade.")
    grade = _(GRADE_NAMES[way.grade])
    if not way.length:
        text = _("{grade} still lacks points. Judge the remaining items first.")
        return text.format(grade=grade)
    if way.length <= NEAREST and not way.still:
        return _short_way(way, beyond)
    text = _("Towards {grade}, {count} {count:thing|things}. The nearest:")
    return text.format(count=way.length, grade=grade)


def _short_way(way: Way, beyond: Way | None) -> str:
    count, grade = way.length, _(GRADE_NAMES[way.grade])
    if beyond is None or not beyond.length or count == NEAREST:
        text = _("{count} {count:thing lifts|things lift} the home to {grade}:")
        return text.format(count=count, grade=grade)
    text = _(
        "{count} {count:thing lifts|things lift} the home to {grade}, {more} more to "
        "{next}:"
    )
    following = _(GRADE_NAMES[beyond.grade])
    return text.format(count=count, grade=grade, more=beyond.length, next=following)


def name_of(thing: Thing) -> str:
    """Return what a thing is called."""
    return thing.condition.text if isinstance(thing, Verdict) else thing.lift.item.name


def note_of(thing: Thing) -> str:
    """Say what a thing brings."""
    if isinstance(thing, Verdict):
        return _("Condition that does not hold")
    lift = thing.lift
    return _("{part}, {points} points, effort {effort}").format(
        part=_(PART_NAMES[lift.item.part]),
        points=f"+{show_points(lift.missing)}",
        effort=_(EFFORT_NAMES[lift.effort]),
    )


def say_planned(step: PlanStep) -> str:
    """Say that a step is planned, and who does it."""
    text = _("Planned: {who}") if step.staff_name else _("Planned")
    return text.format(who=step.staff_name)


def key_of(thing: Thing) -> tuple[int | None, int | None]:
    """Return by which item or condition a step of the plan is for a thing."""
    if isinstance(thing, Verdict):
        return None, thing.condition.condition_id
    return thing.lift.item.item_id, None


def _verdict_row(verdict: Verdict) -> QWidget:
    """Return a line for a condition that fails or is not known."""
    fails = verdict.holds is False
    line = QWidget()
    tag = Tag(_("Not met") if fails else _("Not known"), "bad" if fails else "warn")
    name, value = Elided(verdict.condition.text), QLabel(verdict.value)
    theme.mark(value, "note")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(tag)
    row.addWidget(name, 1)
    if fails:
        row.addWidget(value)
    return line
