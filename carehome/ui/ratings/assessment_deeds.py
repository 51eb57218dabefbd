"""What is asked when a self-assessment begins, is shared out, and is submitted."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.periods import DAY, Period
from carehome.rules.ratings.grades import GRADE_NAMES, GRADES
from carehome.rules.ratings.items import ItemTable
from carehome.rules.ratings.judging import Progress
from carehome.rules.ratings.points import show_points
from carehome.services.ratings.assessed import SelfAssessment
from carehome.services.ratings.assessments import (
    NewSelf,
    OpenAlready,
    PeriodBackwards,
    SelfAssessments,
    SelfNameless,
    TableUnused,
)
from carehome.ui.kit import theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import ConfirmDialog
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand

WIDE = 560
USUAL = 3  # the grade aimed at when nobody has said


def begin_dialog(
    tables: Sequence[ItemTable],
    earlier: Sequence[SelfAssessment],
    held: SelfAssessments,
    hand: Hand,
    parent: QWidget,
) -> DeedDialog:
    """Return a dialog that begins a self-assessment."""
    form = Form(columns=2)
    offered = {each.table_id: each.name for each in tables if each.is_active}
    field = ChoiceField(_("Rating table"), offered)
    form.add("table_id", field, wide=True, blame=(OpenAlready, TableUnused))
    _add_head(form, hand)
    before = {each.self_id: each.name for each in earlier if not each.is_open}
    hint = _("Its points are shown beside; they never count by themselves.")
    field = ChoiceField(_("Start from"), before, needed=False, hint=hint)
    form.add("carried_from", field, wide=True)
    year = hand.today().year
    form.set_values(
        {
            "table_id": next(iter(offered), None),
            "name": _("Self-assessment of {year}").format(year=year),
            "first": hand.today().replace(month=1, day=1),
            "last": hand.today().replace(month=12, day=31),
            "target_grade": USUAL,
            "carried_from": next(iter(before), None),
        }
    )

    def deed(values: dict[str, Any]) -> "partial[int]":
        return partial(held.begin, _new(values))

    dialog = DeedDialog(
        _("Begin a self-assessment"),
        form,
        _("Begin"),
        hand.jobs,
        deed,
        parent,
        "rating-self:0",
    )
    dialog.setMinimumWidth(theme.px(WIDE))
    return dialog


def change_dialog(
    head: SelfAssessment, held: SelfAssessments, hand: Hand, parent: QWidget
) -> DeedDialog:
    """Return a dialog that corrects what a self-assessment is called and covers."""
    form = Form(columns=2)
    _add_head(form, hand)
    assert head.period.end, "it was checked when it began"
    form.set_values(
        {
            "name": head.name,
            "first": head.period.start,
            "last": head.period.end - DAY,
            "target_grade": head.target_grade,
            "note": head.note,
        }
    )

    def deed(values: dict[str, Any]) -> "partial[None]":
        same = {"table_id": head.table_id, "carried_from": head.carried_from}
        return partial(held.change, head.self_id, _new(values | same))

    dialog = DeedDialog(
        _("Change the self-assessment"),
        form,
        _("Save"),
        hand.jobs,
        deed,
        parent,
        f"rating-self:{head.self_id}",
    )
    dialog.setMinimumWidth(theme.px(WIDE))
    return dialog


def share_dialog(
    self_id: int,
    item_ids: Collection[int],
    people: Mapping[int, str],
    held: SelfAssessments,
    hand: Hand,
    parent: QWidget,
) -> DeedDialog:
    """Return a dialog that says who is responsible for some items, and by when."""
    form = Form()
    form.add("staff_id", ChoiceField(_("Responsible"), people, needed=False))
    form.add("due_on", DateField(_("To be done by"), hand.today(), needed=False))

    def deed(values: dict[str, Any]) -> "partial[None]":
        said = values["staff_id"], values["due_on"]
        return partial(held.share_out, self_id, item_ids, *said)

    text = _("Who has {count} {count:item|items}?")
    return DeedDialog(
        text.format(count=len(item_ids)),
        form,
        _("Save"),
        hand.jobs,
        deed,
        parent,
        f"rating-share:{self_id}",
    )


def submit_dialog(
    head: SelfAssessment, progress: Progress, parent: QWidget
) -> ConfirmDialog:
    """Return a dialog that says what submitting means."""
    text = _("{got} of {full} points are given.")
    got, full = show_points(progress.got), show_points(progress.full)
    points = [
        text.format(got=got, full=full),
        _("Points, reasons, evidence and conditions are sealed and never change."),
    ]
    if progress.lacking:
        text = _("{count} {count:item still lacks|items still lack} evidence.")
        points.append(text.format(count=progress.lacking))
    points.append(_("Conditions that nobody has judged stay unknown."))
    title = _("Submit “{name}”?").format(name=head.name)
    return ConfirmDialog(title, points, _("Submit"), parent, "primary")


def discard_dialog(
    head: SelfAssessment, progress: Progress, files: int, parent: QWidget
) -> ConfirmDialog:
    """Return a dialog that says what is lost when a self-assessment is thrown away."""
    text = _("{count} judged {count:item is|items are} thrown away.")
    points = [text.format(count=progress.judged)]
    if files:
        text = _("{count} {count:file is|files are} taken away with it.")
        points.append(text.format(count=files))
    title = _("Throw “{name}” away?").format(name=head.name)
    return ConfirmDialog(title, points, _("Throw away"), parent, "danger")


def _add_head(form: Form, hand: Hand) -> None:
    name = TextField(_("Name of the self-assessment"), most=60)
    form.add("name", name, wide=True, blame=(SelfNameless,))
    form.add("first", DateField(_("First day"), hand.today()))
    form.add("last", DateField(_("Last day"), hand.today()), blame=(PeriodBackwards,))
    grades = {grade: _(GRADE_NAMES[grade]) for grade in GRADES}
    form.add("target_grade", ChoiceField(_("Grade aimed at"), grades), wide=True)
    form.add("note", NoteField(_("Note"), lines=2), wide=True)


def _new(values: dict[str, Any]) -> NewSelf:
    return NewSelf(
        values["name"] or "",
        values["table_id"],
        Period(values["first"], values["last"] + DAY),
        values["target_grade"],
        values["carried_from"],
        values["note"] or "",
    )
