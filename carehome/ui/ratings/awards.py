"""Grades that the home was given, and how its self-assessments went."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.days import Sense
from carehome.rules.periods import DAY
from carehome.rules.ratings.grades import GRADE_NAMES, GRADES
from carehome.rules.ratings.items import PART_NAMES, Part
from carehome.rules.ratings.points import ONE, show_points
from carehome.services.ratings.awards import (
    Award,
    AwardEndsBefore,
    AwardGradeMissing,
    AwardTooEarly,
    RatingAwards,
)
from carehome.services.ratings.evidence import EvidenceKind, PdfBroken
from carehome.services.ratings.standing import Past
from carehome.services.residents.papers import (
    PaperEmpty,
    PaperTooBig,
)
from carehome.ui.kit import table, theme
from carehome.ui.kit.bar_chart import Bar, BarChart, Kind
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.scan_field import ScanField
from carehome.ui.parts.tabbed import Tab
from carehome.ui.ratings.item_files import as_page

COLOURS = {
    Part.ENVIRONMENT: "info",
    Part.FACILITIES: "warn",
    Part.MANAGEMENT: "quiet",
    Part.SERVICE: "brand",
}
LOW, WIDE = 220, 560
SCAN = EvidenceKind, PdfBroken, PaperTooBig, PaperEmpty


class AwardsView(QWidget):
    """Lists the grades held; a chart above says how the self-assessments went."""

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        kinds = [Kind(_(PART_NAMES[part]), COLOURS[part]) for part in Part]
        kinds.append(Kind(_("Not reached"), "line"))  # so that all bars are as high
        self.chart = BarChart(hand.jobs, _("Points of the self-assessments"), kinds)
        self.chart.setMaximumHeight(theme.px(LOW))
        self.view = TableView(
            TableModel(columns(hand), lambda row: row.award_id),
            "ratings.awards",
            N_("Grades held"),
        )
        self.view.set_empty(_("No grade has been recorded yet."))
        self.above = Card(_("Points of the self-assessments"))
        self.above.add(self.chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.above)
        column.addWidget(ListCard(self.view, _("Grades held")), 1)
        self.setFocusProxy(self.view)

    def show_history(self, history: Sequence[Past], awards: Sequence[Award]) -> None:
        """Show the self-assessments from the first to the last, and the awards."""
        self.view.table.set_rows(list(awards))
        self.chart.show_bars([_bar(past) for past in reversed(history)])
        stamps = dict.fromkeys(past.stamp for past in history if past.stamp)
        self.above.note.setText(_(", ").join(stamps))


def _bar(past: Past) -> Bar:
    end = past.line.period.end
    assert end is not None, "a self-assessment covers days that end"
    day = show_day(end - DAY)
    grade = _(GRADE_NAMES[past.grade])
    total = show_points(past.hundredths)
    label = _("{day}: {points}, {grade}").format(day=day, points=total, grade=grade)
    label = " ".join(filter(None, (label, past.stamp)))
    points = [past.points[part] // ONE for part in Part]
    return Bar(label, (*points, past.full // ONE - sum(points)))


def ask_award(tab: Tab, awards: RatingAwards, award: Award | None) -> DeedDialog:
    """Ask for a grade that was given; None = a new one."""
    today = tab.hand.today()
    form = Form(columns=2)
    grades = {grade: _(GRADE_NAMES[grade]) for grade in GRADES}
    form.add("grade", ChoiceField(_("Grade held"), grades), blame=(AwardGradeMissing,))
    form.add(
        "awarded_on",
        DateField(_("Awarded on"), today, sense=Sense.PAST),
        blame=(AwardTooEarly,),
    )
    last = DateField(
        _("Last day"),
        today,
        needed=False,
        hint=_("three years if left empty"),
        sense=Sense.FUTURE,
    )
    form.add("last_day", last, blame=(AwardEndsBefore,))
    number = TextField(_("Number of the certificate"), needed=False, most=60)
    form.add("number", number)
    form.add("office", TextField(_("Awarded by"), needed=False, most=60), wide=True)
    form.add("note", NoteField(_("Note"), lines=2), wide=True)
    kept = award.file_name if award else ""
    hint = _("takes the place of “{name}”").format(name=kept) if kept else ""
    scan = ScanField(_("Scan of the certificate"), hint=hint)
    form.add("scan", scan, wide=True, blame=SCAN)
    if award:
        names = "grade", "awarded_on", "last_day", "number", "office", "note"
        form.set_values({name: getattr(award, name) for name in names})
    award_id = award.award_id if award else 0
    dialog = DeedDialog(
        _("Change the grade held") if award else _("Record a grade"),
        form,
        _("Save"),
        tab.hand.jobs,
        partial(_deed, awards, award_id),
        tab,
        f"rating-award:{award_id}",
    )
    dialog.setMinimumWidth(theme.px(WIDE))
    dialog.accepted.connect(partial(tab.told.emit, _("The grade was recorded.")))
    dialog.open()
    return dialog


def look_at_scan(tab: Tab, awards: RatingAwards, award: Award) -> PaperDialog:
    """Show the scan of a certificate in a window of its own."""
    title = award.file_name
    window = PaperDialog(title, title, tab.hand.jobs, tab)
    window.read(_as_page, awards, award.award_id)
    return window


def _as_page(awards: RatingAwards, award_id: int) -> bytes:
    return as_page(awards.scan(award_id))


def _deed(
    awards: RatingAwards, award_id: int, values: dict[str, Any]
) -> "partial[int]":
    return partial(
        awards.save,
        Award(
            values["grade"],
            values["awarded_on"],
            values["last_day"],
            values["number"] or "",
            values["office"] or "",
            values["note"] or "",
            award_id,
        ),
        Path(values["scan"]) if values["scan"] else None,
    )


def _state(award: Award, today: date) -> str:
    if not award.holds_on(today):
        return _("Ended")
    return _("Renew it now") if today >= award.renew_from else _("Valid")


def _tone(award: Award, today: date) -> str:
    if not award.holds_on(today):
        return "quiet"
    return "warn" if today >= award.renew_from else "ok"


def columns(hand: Hand) -> tuple[Column[Award], ...]:
    """Return the columns of awards; whether one holds is judged by the day it is."""
    return (
        Column(N_("Grade held"), lambda row: _(GRADE_NAMES[row.grade]), bold=True),
        Column(
            N_("State"),
            lambda row: _state(row, hand.today()),
            chip=lambda row: _tone(row, hand.today()),
        ),
        table.day(N_("Awarded on"), lambda row: row.awarded_on),
        table.day(N_("Last day"), lambda row: row.ends),
        Column(N_("Number of the certificate"), lambda row: row.number or None),
        Column(N_("Scan of the certificate"), lambda row: row.file_name or None),
        Column(N_("Awarded by"), lambda row: row.office or None, stretch=True),
        Column(N_("Note"), lambda row: row.note or None, tip=lambda row: row.note),
    )
