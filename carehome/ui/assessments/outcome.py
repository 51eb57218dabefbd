"""What follows from a finished assessment, before one goes on with something else."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.i18n import _, show_day
from carehome.rules import risks as risk_rules
from carehome.rules.assessments.answers import signs_of
from carehome.rules.consequences import Line
from carehome.rules.rights import Right, User
from carehome.rules.risks.grounds import grounds_of
from carehome.services.assessments import AssessmentState, Difference
from carehome.services.grades import Suggestion
from carehome.ui.assessments.words import decided_word, level_tone
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Fact, Facts
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.lead import lead
from carehome.ui.parts.assessing import AssessmentServices


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of a finished assessment."""

    state: AssessmentState
    difference: Difference | None
    suggestion: Suggestion
    cover: tuple[Line, ...] = ()


class Outcome(QWidget):
    """The card that says what follows, with a button for each next step.

    `grade_wanted` carries the suggested grade, the others ask for what they are
    called after.
    """

    grade_wanted = Signal(str)
    risks_wanted = Signal()
    review_wanted = Signal()
    print_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, user: User) -> None:
        super().__init__()
        self._user = user
        self.followed: Followed | None = None
        self.next: QPushButton
        self.title = QLabel()
        self.before, self.arrow, self.after = Tag(""), QLabel("→"), Tag("")
        self.reasons, self.grade_note = QLabel(), QLabel()
        self.opened = QLabel()
        self.facts = Facts()
        self.grade = button(_("Set the nursing grade"), keys="Ctrl+G")
        self.risks = button(_("Assess the risks"), "warn")
        self.review = button(_("Look at the difference"), "list")
        self.print = button(_("Print"), "print", "Ctrl+P")
        self.back = button(_("Back to the assessments"))
        self._arrange()
        lead(self, self.back)

        self.grade.clicked.connect(self._want_grade)
        self.risks.clicked.connect(self.risks_wanted)
        self.review.clicked.connect(self.review_wanted)
        self.print.clicked.connect(self.print_wanted)
        self.back.clicked.connect(self.list_wanted)

    def show_followed(self, followed: Followed) -> None:
        """Show what came of an assessment."""
        self.followed = followed
        state, suggestion = followed.state, followed.suggestion
        last, judged = state.last, state.judgement
        text = _("Assessment {label} of {name} is finished")
        self.title.setText(text.format(label=state.label, name=state.resident))
        for tag, each in ((self.before, last), (self.after, state)):
            tag.setText(decided_word(each) if each else "")
            tag.set_tone(level_tone(each.form, each.level) if each else "quiet")
        for part in (self.before, self.arrow):
            part.setVisible(last is not None)
        told = [judged.clause, *(change.text for change in judged.changes)]
        self.reasons.setText("\n".join(filter(None, told)))
        self.reasons.setVisible(any(told))
        self.facts.show_facts(self._facts(followed))
        differs = suggestion.differs
        self.grade_note.setText(
            _(
                "The level suggests another nursing grade. It is charged only once the "
                "resident or the agent has agreed."
            )
        )
        self.grade_note.setVisible(differs)
        may_set = differs and self._user.may(Right.SET_GRADE)
        self.grade.setVisible(may_set)
        self.opened.setText(say_risks(state))
        self.opened.setVisible(bool(self.opened.text()))
        may_assess = self._user.may(Right.ASSESS)
        then = self.risks if self.opened.text() and may_assess else self.back
        self.next = self.grade if may_set else then
        for deed in (self.grade, self.risks, self.back):
            theme.mark(deed, "primary" if deed is self.next else "")
        lead(self, self.next)
        self.risks.setVisible(may_assess)

    def _facts(self, followed: Followed) -> list[Fact]:
        state, suggestion = followed.state, followed.suggestion
        last = state.last
        points = str(state.judgement.total)
        same = last is not None and last.form.code == state.form.code
        before = str(last.judgement.total) if last and same else ""
        facts = []
        if state.form.has_total:
            facts.append(Fact(_("Points"), points, before=before, strong=True))
        if followed.difference and followed.difference.is_same_form:
            items = followed.difference.items
            better = sum(item.is_better is True for item in items)
            worse = sum(item.is_better is False for item in items)
            text = _("{better} better, {worse} worse")
            told = text.format(better=better, worse=worse)
            facts.append(Fact(_("Items that changed"), told))
        if suggestion.label:
            now = suggestion.current_label if suggestion.differs else ""
            as_now = _("{grade} (as now)").format(grade=suggestion.label)
            facts.append(
                Fact(
                    _("Nursing grade that fits"),
                    suggestion.label if suggestion.differs else as_now,
                    before=now,
                    strong=suggestion.differs,
                )
            )
        for line in followed.cover:
            name, value, was = map(str, (line.name, line.value, line.before))
            facts.append(Fact(name, value, before=was, strong=line.is_warning))
        facts.append(Fact(_("Base day"), show_day(state.head.base_on)))
        return facts

    def _want_grade(self) -> None:
        if self.followed:
            self.grade_wanted.emit(self.followed.suggestion.grade)

    def _arrange(self) -> None:
        theme.mark(self.title, "title")
        theme.mark(self.reasons, "note")
        theme.mark(self.grade_note, "banner_info")
        self.title.setWordWrap(True)
        self.reasons.setWordWrap(True)
        self.grade_note.setWordWrap(True)
        theme.mark(self.opened, "banner_info")
        self.opened.setWordWrap(True)
        levels, deeds = QHBoxLayout(), QHBoxLayout()
        levels.setSpacing(theme.px(10))
        for part in (self.before, self.arrow, self.after):
            levels.addWidget(part)
        levels.addStretch()
        deeds.setSpacing(theme.px(8))
        for deed in (self.print, self.review):
            deeds.addWidget(deed)
        deeds.addStretch()
        for deed in (self.risks, self.grade, self.back):
            deeds.addWidget(deed)
        card = Card()
        card.body.setSpacing(theme.px(12))
        card.add(self.title)
        card.body.addLayout(levels)
        card.add(self.reasons)
        card.add(self.facts)
        card.add(self.opened)
        card.add(self.grade_note)
        card.body.addLayout(deeds)
        card.setMaximumWidth(theme.px(760))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 20)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addStretch()


def say_risks(state: AssessmentState) -> str:
    """Name the risks that the answers open, with what opens each; empty for none."""
    grounds = grounds_of(signs_of(state.form, state.answers), state.answers)
    form = risk_rules.form_in_force(state.head.base_on)
    opened = risk_rules.openings(form, grounds)
    text = _("{risk} ({grounds})")
    told = [
        text.format(
            risk=_(risk_rules.RISK_NAMES[risk]),
            grounds=risk_rules.said(opening.grounds),
        )
        for risk, opening in opened.items()
    ]
    if not told:
        return ""
    whole = _("These answers open {count} {count:risk|risks}: {risks}.")
    return whole.format(count=len(told), risks=_("; ").join(told))


def read_outcome(services: AssessmentServices, assessment_id: int) -> Followed:
    """Read what came of a finished assessment."""
    state = services.assessments.state(assessment_id)
    who, last = state.resident_id, state.last
    suggestion = services.grades.suggestion(who)
    if last is None:
        return Followed(state, None, suggestion)
    compare = services.assessments.difference
    return Followed(
        state,
        compare(last.assessment_id, assessment_id),
        suggestion,
        tuple(services.shifts.of_ability(who, last.ability_level, state.ability_level)),
    )
