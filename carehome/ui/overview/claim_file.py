"""The file of one claim: its conditions, its working, and where each is mended."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.claims.claim import (
    NO,
    STATE_NAMES,
    YES,
    Asking,
    BadAnswer,
    Mend,
    Question,
    State,
    Verdict,
)
from carehome.rules.claims.said import (
    say_amount,
    say_answer,
    say_payers,
    say_working,
)
from carehome.rules.figures import SEEN_WITH, Group, definitions
from carehome.rules.rights import Right
from carehome.rules.safety.forms import SURENESS_NAMES
from carehome.services.claims import Answer, Claims, Line, Listing
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.fields import MoneyField, NoteField, NumberField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand

TONES = {State.MET: "ok", State.UNKNOWN: "warn", State.NOT: "bad"}
LIST = 200  # the height that the conditions keep in a low window
SETTINGS, RATING = N_("Settings"), N_("Star rating")
# On which page the records behind a group of figures are kept.
PAGES = {
    Group.BEDS: N_("Beds"),
    Group.RESIDENTS: N_("Residents"),
    Group.CARE: N_("Assessments"),
    Group.STAFF: N_("Staff"),
    Group.TRAINING: N_("Staff"),
    Group.ROSTER: N_("Rosters"),
    Group.SAFETY: N_("Fire safety"),
    Group.FEES: N_("Fees"),
    Group.ENQUIRIES: N_("Newcomers"),
}


class ClaimFile(Side):
    """Shows one claim; a condition leads to where it is mended.

    `told` says what was done.
    """

    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._claims = hand.service(Claims)
        self._line: Line | None = None
        self._listing: Listing | None = None
        self.mend = button(_("Give the answer"), "edit", kind="small")
        self.back = button(_("Take the answer back"), "undo", kind="small")
        self.facts = FactGrid(columns=1)
        self.story = QLabel()
        self.story.setWordWrap(True)
        self.story.setTextFormat(Qt.TextFormat.PlainText)
        theme.mark(self.story, "note")
        model = TableModel(COLUMNS, lambda each: (str(each.text), each.key))
        self.view = TableView(model, "overview.claim", N_("Conditions of the claim"))
        deeds = QWidget()
        row = Flow(deeds, 6)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.mend)
        row.addWidget(self.back)
        card = ListCard(self.view)
        card.setMinimumHeight(theme.px(LIST))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.facts, deeds, card, self.story):
            column.addWidget(part)
        column.setStretch(2, 1)
        self.body.addWidget(scrolling(whole), 1)

        self.mend.clicked.connect(lambda: self._mend(self.view.current_row()))
        self.back.clicked.connect(self._take_back)
        self.view.opened.connect(self._mend)
        self.view.picked.connect(self._offer)
        self._offer(None)

    def show_line(self, line: Line, listing: Listing) -> None:
        """Show a claim as it stands."""
        self._line, self._listing = line, listing
        claim = line.judged.claim
        self.title.setText(claim.name)
        self.facts.show_facts(_facts(line))
        policy = _("By: {policy}").format(policy=claim.policy)
        told = [*say_working(line.judged), claim.note, policy, _hidden(line)]
        self.story.setText("\n".join(filter(None, told)))
        asked = _amount_questions(line, listing)
        self.view.table.set_rows([*line.judged.verdicts, *asked])

    def _offer(self, verdict: Verdict | None) -> None:
        mend = verdict.mend if verdict else Mend.NOWHERE
        self.mend.setEnabled(bool(verdict) and self._leads(verdict))
        self.mend.setText(_("Give the answer") if mend is Mend.ASK else _("Go there"))
        answers = self._listing.answers if self._listing else {}
        self.back.setEnabled(verdict is not None and verdict.key in answers)

    def _leads(self, verdict: Verdict | None) -> bool:
        """Say whether the condition leads anywhere that the person may go."""
        if verdict is None or verdict.mend is Mend.NOWHERE:
            return False
        if verdict.mend is Mend.FIGURE:
            group = definitions()[verdict.key].group
            return group in PAGES and self._hand.may(SEEN_WITH[group])
        if verdict.mend is Mend.PROFILE:
            return self._hand.may(Right.CHANGE_HOME)
        return True

    def _mend(self, verdict: Verdict | None) -> None:
        if verdict is None or not self._leads(verdict):
            return
        match verdict.mend:
            case Mend.ASK:
                self.ask(verdict.key)
            case Mend.PROFILE:
                self._hand.open_page(SETTINGS)
            case Mend.STAR:
                self._hand.open_page(RATING)
            case Mend.FIGURE:
                self._hand.open_page(PAGES[definitions()[verdict.key].group])

    def ask(self, code: str) -> None:
        """Ask what only the home can answer."""
        question = self._question(code)
        answer = self._listing.answers.get(code) if self._listing else None
        dialog = DeedDialog(
            _("Answer for all claims that ask this"),
            answer_form(question, answer),
            _("Save"),
            self._hand.jobs,
            partial(self._answer, question),
            self,
            f"claim-answer:{code}",
        )
        dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
        dialog.open()

    def _answer(self, question: Question, values: dict[str, Any]) -> "partial[None]":
        value, note = values["value"], values["note"] or ""
        return partial(self._claims.answer, question.code, str(value), note)

    def _take_back(self) -> None:
        verdict = self.view.current_row()
        if verdict:
            jobs, clear = self._hand.jobs, self._claims.clear
            jobs.run(self, self._say_taken_back, clear, verdict.key)

    def _say_taken_back(self, _done: object) -> None:
        self.told.emit(_("The question is open again."))

    def _question(self, code: str) -> Question:
        assert self._line is not None, "a question is asked by the claim that is shown"
        asked = self._line.judged.claim.questions
        return next(each for each in asked if each.code == code)


def answer_form(question: Question, answer: Answer | None) -> Form:
    """Return the form that answers a question, filled with what was said before."""
    form = Form()
    match question.asking:
        case Asking.YES_NO:
            choices = {YES: _("It is so"), NO: _("It is not so")}
            form.add("value", PickField(question.text, choices), blame=(BadAnswer,))
        case Asking.COUNT:
            form.add("value", NumberField(question.text), blame=(BadAnswer,))
        case Asking.MONEY:
            form.add("value", MoneyField(question.text), blame=(BadAnswer,))
    form.add("note", NoteField(_("Note"), lines=2))
    if answer:
        is_word = question.asking is Asking.YES_NO
        value = answer.value if is_word else int(answer.value)
        form.set_values({"value": value, "note": answer.note})
    return form


def _facts(line: Line) -> list[Fact]:
    claim = line.judged.claim
    found = [Fact(_("State"), _(STATE_NAMES[line.judged.state]), strong=True)]
    if amount := say_amount(line.judged):
        found.append(Fact(_("Amount (estimate)"), amount, strong=True))
    if payers := say_payers(line.judged):
        found.append(Fact(_("Borne by"), payers))
    found.append(Fact(_("How sure the source is"), _(SURENESS_NAMES[claim.sureness])))
    return found


def _hidden(line: Line) -> str:
    if line.hidden is None:
        return ""
    text = _("Put aside by {name} on {day}: {reason}")
    hidden = line.hidden
    return text.format(name=hidden.by, day=show_day(hidden.at), reason=hidden.reason)


def _amount_questions(line: Line, listing: Listing) -> list[Verdict]:
    """Return what the amount asks the home, as further lines that lead to an answer."""
    amount = line.judged.claim.amount
    found = []
    for each in amount.lines if amount and line.judged.worked else ():
        if question := each.question:
            answer = listing.answers.get(question.code)
            state = State.MET if answer else State.UNKNOWN
            why = _("Only the home can answer this.")
            if answer:
                why = say_answer(question, answer.value)
            found.append(Verdict(question.text, state, why, Mend.ASK, question.code))
    return found


COLUMNS: tuple[Column[Verdict], ...] = (
    Column(
        N_("What is asked"),
        lambda each: str(each.text),
        stretch=True,
        tip=lambda each: str(each.text),
    ),
    Column(
        N_("State"),
        lambda each: _(STATE_NAMES[each.state]),
        chip=lambda each: TONES[each.state],
    ),
    Column(
        N_("Why"), lambda each: str(each.why), width=230, tip=lambda each: str(each.why)
    ),
)
