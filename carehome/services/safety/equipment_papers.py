"""What is printed of equipment: the ledger, what is due by month, labels, plans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.errors import Refusal
from carehome.i18n import N_, _, say_month, show_day, speaking
from carehome.reports.safety_plan import PlanPaper, PointText, write_plan
from carehome.reports.sheet import A4_WIDE, Letterhead
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import after_months
from carehome.rules.rights import Right
from carehome.rules.safety import equipment as rules
from carehome.rules.safety.equipment import MATTER_NAMES, Due, Press
from carehome.rules.safety.labels import SHEETS, check_start
from carehome.services.papers import letterhead_in
from carehome.services.safety.ledger import (
    Contract,
    Line,
    Plan,
    contracts_in,
    ledger_in,
    plans_in,
)
from carehome.services.safety.pictures import pictures_in
from carehome.services.service import Service, needs

MOST_AHEAD = 36


class AheadOutside(Refusal):
    """A list of what is due looks some months ahead."""

    text = N_("Enter 1 to {most} months.")


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many months ahead what is due is listed, and for which contract (0: all)."""

    months: int = 3
    contract_id: int = 0


class EquipmentPapers(Service):
    """What one person can print of the equipment."""

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_labels(
        self, equipment_ids: Sequence[int], sheet: str, start: int, path: Path
    ) -> None:
        """Write labels with codes for a sheet of the trade, from label `start` on."""
        from carehome.reports.safety_labels import LabelText, write_labels  # noqa: PLC0415 - heavy

        check_start(SHEETS[sheet], start)
        lines = {line.equipment_id: line for line in self._lines()}
        labels = [
            LabelText(
                line.label,
                line.kind.name,
                line.place,
                line.model,
                line.made_on,
                rules.scrap_day(line.kind, line.made_on),
            )
            for line in map(lines.__getitem__, equipment_ids)
        ]
        write_labels(path, labels, SHEETS[sheet], start, self._head())

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_ledger(self, path: Path) -> None:
        """Write all equipment that is in use, A4 across."""
        from carehome.reports.listing import write_list  # noqa: PLC0415 - heavy

        write_list(path, self._ledger(), self._head(), A4_WIDE)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_dues(self, ahead: Ahead, path: Path) -> None:
        """Write what is to be done month by month, for the firm that does it."""
        from carehome.reports.listing import write_list  # noqa: PLC0415 - heavy

        write_list(path, self._dues(ahead), self._head(), A4_WIDE)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_plan(self, plan_id: int, path: Path) -> None:
        """Write a floor plan with the equipment that is marked on it, A4 across."""
        today = self._today()
        with self._reading() as session:
            plan = next(plan for plan in plans_in(session) if plan.plan_id == plan_id)
            paper = plan_paper(session, plan, ledger_in(session, today), today)
        write_plan(path, paper, self._head())

    @needs(Right.SEE_SAFETY)
    @speaking()
    def save_ledger(self, path: Path) -> None:
        """Save the ledger as a workbook; the log says who took it."""
        self._save(self._ledger(), path)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def save_dues(self, ahead: Ahead, path: Path) -> None:
        """Save what is due as a workbook; the log says who took it."""
        self._save(self._dues(ahead), path)

    def _save(self, table: Table, path: Path) -> None:
        from carehome.reports.workbook import write_workbook  # noqa: PLC0415 - heavy

        head = self._head()
        with self._writing() as session:
            change_log.note_list(session, table.title, len(list(table.rows)))
            write_workbook(path, table, head)

    def _lines(self) -> list[Line]:
        with self._reading() as session:
            return ledger_in(session, self._today())

    def _head(self) -> Letterhead:
        with self._reading() as session:
            return letterhead_in(session)

    def _ledger(self) -> Table:
        today = self._today()
        lines = [line for line in self._lines() if line.scrapped_on is None]
        return ledger_table(lines, today)

    def _dues(self, ahead: Ahead) -> Table:
        if not 1 <= ahead.months <= MOST_AHEAD:
            raise AheadOutside(most=MOST_AHEAD)
        today = self._today()
        with self._reading() as session:
            lines, contracts = ledger_in(session, today), contracts_in(session)
        return dues_table(lines, contracts, ahead, today)


def plan_paper(
    session: Session, plan: Plan, lines: Sequence[Line], day: date
) -> PlanPaper:
    """Return a floor plan with the equipment in use that is marked on it."""
    picture = pictures_in(session, [plan.picture_id])[plan.picture_id]
    points = [
        PointText(
            line.point.x,
            line.point.y,
            line.kind.mark,
            line.label,
            line.kind.name,
            tone_of(line),
        )
        for line in lines
        if line.point and line.point.plan_id == plan.plan_id and not line.scrapped_on
    ]
    return PlanPaper(plan.name, day, picture.content, points)


def tone_of(line: Line) -> str:
    """Return how a piece is doing, as points on a plan show it."""
    if line.due is None or line.due.press is Press.LATER:
        return "ok"
    return "bad" if line.due.press is Press.OVERDUE else "warn"


def ledger_table(lines: Sequence[Line], today: date) -> Table:
    """Return the ledger as a table: one line for each piece."""
    pressing = sum(line.is_pressing for line in lines)
    text = _("{day}: {count} {count:piece|pieces}, something to be done with {due}.")
    said = text.format(day=show_day(today), count=len(lines), due=pressing)
    columns = (
        Column(_("Label number"), 10),
        Column(_("Kind of equipment"), 18),
        Column(_("Model"), 14),
        Column(_("Where it hangs"), 30),
        Column(_("Manufactured on"), 12, Kind.DAY),
        Column(_("Last service"), 12, Kind.DAY),
        Column(_("Next service"), 12, Kind.DAY),
        Column(_("To be scrapped"), 12, Kind.DAY),
        Column(_("State"), 16),
        Column(_("Note"), 20),
    )
    rows = [_ledger_row(line) for line in lines]
    return Table(_("Ledger of equipment"), columns, rows, (said,))


def _state(line: Line) -> str:
    """Say what is to be done with a piece, or that it is gone."""
    if line.scrapped_on:
        return _("Scrapped on {day}").format(day=show_day(line.scrapped_on))
    due = line.due
    if due is None or due.press is Press.LATER:
        return _("In order")
    matter = _(MATTER_NAMES[due.matter])
    if due.day is None:
        return matter
    is_late = due.press is Press.OVERDUE
    text = _("{matter}, overdue") if is_late else _("{matter}, soon due")
    return text.format(matter=matter)


def _ledger_row(line: Line) -> tuple[Cell, ...]:
    return (
        line.label,
        line.kind.name,
        line.model,
        line.place,
        line.made_on,
        line.last,
        None
        if line.scrapped_on
        else rules.next_service(line.kind, line.made_on, line.done),
        rules.scrap_day(line.kind, line.made_on),
        _state(line),
        line.note,
    )


def dues_table(
    lines: Sequence[Line],
    contracts: dict[int, Contract],
    ahead: Ahead,
    today: date,
) -> Table:
    """Return what is to be done as a table, the overdue first, then by month."""
    until = after_months(today, ahead.months)
    wanted = [
        (line, due)
        for line in lines
        for due in line.dues
        if (due.day is None or due.day < until)
        and ahead.contract_id in (0, line.kind.contract_id or -1)
    ]
    wanted.sort(key=lambda pair: (pair[1].day or date.min, pair[0].kind.name))
    columns = (
        Column(_("Month"), 12),
        Column(_("To be done by"), 12, Kind.DAY),
        Column(_("What is to be done"), 14),
        Column(_("Label number"), 10),
        Column(_("Kind of equipment"), 18),
        Column(_("Model"), 14),
        Column(_("Where it hangs"), 30),
        Column(_("Serviced by"), 22),
        Column(_("Done on"), 14),
    )
    rows = [_due_row(line, due, contracts, today) for line, due in wanted]
    notes = tuple(_told(wanted, contracts, ahead, until))
    signing = (_("Service firm"), _("For the home"))
    title = _("Equipment to be serviced or scrapped")
    return Table(title, columns, rows, notes, signatures=signing)


def _due_row(
    line: Line, due: Due, contracts: dict[int, Contract], today: date
) -> tuple[Cell, ...]:
    contract = contracts.get(line.kind.contract_id or 0)
    if due.day is None or due.day < today:
        month = _("Overdue") if due.press is Press.OVERDUE else _("Now")
    else:
        month = say_month(due.day)
    return (
        month,
        due.day,
        _(MATTER_NAMES[due.matter]),
        line.label,
        line.kind.name,
        line.model,
        line.place,
        contract.firm if contract else "",
        "",
    )


def _told(
    wanted: Sequence[tuple[Line, Due]],
    contracts: dict[int, Contract],
    ahead: Ahead,
    until: date,
) -> Iterator[str]:
    """Say above the list until when it reaches, and whom to call."""
    text = _("Overdue, and due before {until}: {count}.")
    yield text.format(until=show_day(until), count=len(wanted))
    named = {line.kind.contract_id or 0 for line, _due in wanted}
    for number in sorted(named & set(contracts)):
        yield say_contract(contracts[number])
    if ahead.contract_id == 0 and named - set(contracts):
        yield _("Some kinds have no contract of service yet.")


def say_contract(contract: Contract) -> str:
    """Say who services, by which contract, whom to call, until when."""
    parts = [
        contract.firm,
        contract.number and _("contract {number}").format(number=contract.number),
        contract.contact and _("contact {contact}").format(contact=contract.contact),
        contract.last_day and _("until {day}").format(day=show_day(contract.last_day)),
    ]
    return _(", ").join(part for part in parts if part)
