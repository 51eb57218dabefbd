"""The sheet of a round: its items, what was found there, and finishing it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from carehome.db.checklists import FormItemRow, FormVersionRow, RoundPlanRow
from carehome.db.rounds import SafetyAnswerPictureRow, SafetyAnswerRow, SafetyRoundRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.safety import rounds as rules
from carehome.rules.safety.rounds import RoundState, Verdict
from carehome.services.safety.rounds.lists import line_in
from carehome.services.safety.rounds.values import (
    Answer,
    Sheet,
    SheetItem,
    Told,
)


class RoundClosed(Refusal):
    """A finished round stays as it is."""

    text = N_("This round is finished and stays as it is.")


class RoundUnknown(Refusal):
    """No round has the code."""

    text = N_(
        "There is no round with the code {code}. Its sheet was put away, or it belongs "
        "to another home."
    )


class NotComplete(Refusal):
    """A round lacks something to be finished."""

    text = N_("This round cannot be finished yet. {obstacles}")


class NoPatroller(Refusal):
    """Nobody signs for the round."""

    text = N_("Say who went round.")


def open_round_in(session: Session, round_id: int) -> SafetyRoundRow:
    """Return a round that can still be filled in."""
    row = session.get(SafetyRoundRow, round_id)
    if row is None:
        raise RoundUnknown(code=rules.code(round_id))
    if row.state != RoundState.OPEN:
        raise RoundClosed
    return row


def newest_version_in(session: Session, form_id: int) -> int:
    """Return the version of a form that new rounds are made with."""
    query = (
        select(FormVersionRow.id)
        .where(FormVersionRow.form_id == form_id)
        .order_by(FormVersionRow.number.desc())
    )
    return session.scalars(query.limit(1)).one()


def sheet_in(session: Session, round_id: int) -> Sheet:
    """Return a round whole."""
    row = session.get(SafetyRoundRow, round_id)
    if row is None:
        raise RoundUnknown(code=rules.code(round_id))
    answers = answers_in(session, round_id)
    query = (
        select(FormItemRow)
        .where(FormItemRow.version_id == row.form_version_id)
        .order_by(FormItemRow.position)
    )
    items = tuple(
        SheetItem(
            item.id,
            item.code,
            item.section,
            item.text,
            item.method,
            item.fails,
            item.needs_picture,
            item.source,
            item.severity,
            answers.get(item.id),
        )
        for item in session.scalars(query)
    )
    plan = session.get(RoundPlanRow, row.plan_id) if row.plan_id else None
    lacking = () if row.state != RoundState.OPEN else tuple(obstacles(items))
    return Sheet(line_in(session, row.id), plan.role if plan else "", items, lacking)


def obstacles(items: Iterable[SheetItem]) -> list[str]:
    """Say what a sheet lacks to be finished."""
    items = tuple(items)
    failed = [each for each in items if each.is_failed]
    lacking = {
        _("Not answered: {items}."): [each for each in items if each.answer is None],
        _("Say what is wrong: {items}."): [
            each for each in failed if each.answer and not each.answer.note
        ],
        _("A picture is missing: {items}."): [
            each
            for each in failed
            if each.needs_picture and each.answer and not each.answer.picture_ids
        ],
    }
    return [
        text.format(items=_(", ").join(each.code for each in wanted))
        for text, wanted in lacking.items()
        if wanted
    ]


def answers_in(session: Session, round_id: int) -> dict[int, Answer]:
    """Return the answers of a round by item."""
    shown: defaultdict[int, list[int]] = defaultdict(list)
    for row in session.scalars(_pictures_of(round_id)):
        shown[row.answer_id].append(row.picture_id)
    return {
        row.item_id: Answer(
            Verdict(row.verdict), row.value, row.note, tuple(shown[row.id])
        )
        for row in _rows_in(session, round_id).values()
    }


def _rows_in(session: Session, round_id: int) -> dict[int, SafetyAnswerRow]:
    query = select(SafetyAnswerRow).where(SafetyAnswerRow.round_id == round_id)
    return {row.item_id: row for row in session.scalars(query)}


def _pictures_of(round_id: int) -> Select[SafetyAnswerPictureRow]:
    return (
        select(SafetyAnswerPictureRow)
        .join(SafetyAnswerRow, SafetyAnswerRow.id == SafetyAnswerPictureRow.answer_id)
        .where(SafetyAnswerRow.round_id == round_id)
        .order_by(SafetyAnswerPictureRow.id)
    )


def keep_in(
    session: Session,
    round_id: int,
    answers: Mapping[int, Answer | None],
    now: datetime,
) -> None:
    """Keep answers; None takes one away. One keeps its moment while it stays."""
    open_round_in(session, round_id)
    there = _rows_in(session, round_id)
    for item_id, answer in answers.items():
        row = there.get(item_id)
        if answer is None:
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = SafetyAnswerRow(round_id=round_id, item_id=item_id, answered_at=now)
            session.add(row)
        elif row.verdict != answer.verdict:
            row.answered_at = now
        row.verdict, row.value = answer.verdict.value, answer.value.strip()
        row.note = answer.note.strip()
        session.flush()
        _show_in(session, row.id, answer.picture_ids)
    session.flush()


def _show_in(session: Session, answer_id: int, wanted: Sequence[int]) -> None:
    """Let an answer have these pictures and no others."""
    query = select(SafetyAnswerPictureRow).where(
        SafetyAnswerPictureRow.answer_id == answer_id
    )
    there = {row.picture_id: row for row in session.scalars(query)}
    for picture_id in there.keys() - set(wanted):
        session.delete(there[picture_id])
    session.add_all(
        SafetyAnswerPictureRow(answer_id=answer_id, picture_id=picture_id)
        for picture_id in wanted
        if picture_id not in there
    )


def finish_in(
    session: Session,
    row: SafetyRoundRow,
    told: Told,
    entered_at: datetime,
    entered_by: str,
) -> Sheet:
    """Finish a round for good; return its sheet as it was."""
    if not told.patroller.strip():
        raise NoPatroller
    sheet = sheet_in(session, row.id)
    if sheet.obstacles:
        raise NotComplete(obstacles=" ".join(sheet.obstacles))
    row.first_answer_at, row.last_answer_at = _span_of_answers_in(session, row.id)
    row.state = RoundState.FINISHED.value
    row.patroller, row.note = told.patroller.strip(), told.note.strip()
    row.patroller_account = told.account_id
    row.started_at, row.ended_at = told.started_at, told.ended_at
    row.entered_at, row.entered_by = entered_at, entered_by
    row.answers, row.failed = len(sheet.items), len(sheet.failed)
    session.flush()
    return sheet


def first_answer_in(session: Session, round_id: int) -> datetime | None:
    """Return when the first item of a round was answered."""
    return _span_of_answers_in(session, round_id)[0]


def _span_of_answers_in(
    session: Session, round_id: int
) -> tuple[datetime | None, datetime | None]:
    moment = SafetyAnswerRow.answered_at
    query = select(func.min(moment), func.max(moment))
    found = session.execute(query.where(SafetyAnswerRow.round_id == round_id)).one()
    return found[0], found[1]
