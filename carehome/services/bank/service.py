"""What one person can do with the home's bank accounts and their statements."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.bank import (
    BankAccountRow,
    BankClaimRow,
    BankLayoutRow,
    BankLineRow,
    BankStatementRow,
)
from carehome.i18n import _, show_day, show_money, speaking
from carehome.reports.bank import EvenText, write_even
from carehome.rules.bank import teaching
from carehome.rules.bank.accounts import NumberInUse, PurposeTaken, check_number
from carehome.rules.bank.cells import read_text
from carehome.rules.bank.faults import Fault
from carehome.rules.bank.layouts import Field, Layout, shipped
from carehome.rules.bank.reading import check_account, read
from carehome.rules.bank.reconciling import Reconciliation, reconcile
from carehome.rules.bank.statement import BankLine, Statement
from carehome.rules.bank.teaching import Taught, layout_of
from carehome.rules.home import NameMissing
from carehome.rules.rights import Right
from carehome.rules.today import Concern
from carehome.services.bank.books import lines_in, movements_in
from carehome.services.bank.today import lines_in as lines_of_day_in
from carehome.services.bank.values import (
    AllKnown,
    BankAccount,
    Checked,
    KeptStatement,
    MatchedAlready,
    Peek,
    StatementRefused,
    TakenOver,
)
from carehome.services.bank.voids import said_lines
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs
from carehome.sheets import text_table

PEEKED = 40  # rows of a file that are shown to name its columns


class Bank(Service):
    """What one person can do with bank accounts."""

    @needs(Right.KEEP_BOOKS)
    def accounts(self) -> list[BankAccount]:
        """List the accounts, those in use first."""
        with self._reading() as session:
            query = select(BankAccountRow).order_by(
                BankAccountRow.is_active.desc(), BankAccountRow.id
            )
            return [_account_in(session, row) for row in session.scalars(query)]

    @needs(Right.KEEP_BOOKS)
    def today(self, day: date) -> list[Concern]:
        """Tell of lines that nobody has claimed, and of statements that are old."""
        with self._reading() as session:
            return list(lines_of_day_in(session, day))

    @needs(Right.KEEP_BOOKS)
    def add_account(self, name: str, bank: str, number: str, purpose: str) -> int:
        """Enter an account of the home; return its id."""
        with self._writing() as session:
            row = BankAccountRow(
                **_checked_in(session, name, bank, number), purpose=purpose
            )
            _check_purpose_in(session, purpose)
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.KEEP_BOOKS)
    def change_account(
        self, account_id: int, name: str, bank: str, number: str
    ) -> None:
        """Correct what an account is called, or its number."""
        with self._writing() as session:
            row = session.get_one(BankAccountRow, account_id)
            for column, value in _checked_in(
                session, name, bank, number, account_id
            ).items():
                setattr(row, column, value)

    @needs(Right.KEEP_BOOKS)
    def set_active(self, account_id: int, is_active: bool) -> None:
        """Take an account out of use, or into use again."""
        with self._writing() as session:
            row = session.get_one(BankAccountRow, account_id)
            if is_active and not row.is_active:
                _check_purpose_in(session, row.purpose)
            row.is_active = is_active

    @needs(Right.KEEP_BOOKS)
    def check(self, account_id: int, path: Path) -> Checked:
        """Read a file without keeping it; say all that is wrong, and what is known."""
        sheets = text_table.read_any(path)
        with self._reading() as session:
            reading = read(sheets, layouts_in(session), self._today())
            statement = reading.statement
            if statement is None:
                return Checked(path.name, None, reading.faults)
            account = session.get_one(BankAccountRow, account_id)
            wrong = check_account(statement, account.number)
            if wrong is not None:
                return Checked(path.name, None, (wrong,))
            known = _known_in(session, account_id, statement)
            gap = None if known else _gap_in(session, account_id, statement)
            if gap is not None and not any(map(str.isdigit, statement.account_number)):
                wrong = replace(gap, name="not_joined")
                return Checked(path.name, None, (wrong,))
        return Checked(path.name, statement, (), known, gap)

    @needs(Right.KEEP_BOOKS)
    def take_over(self, account_id: int, checked: Checked) -> TakenOver:
        """Keep the lines of a statement that were not read in before."""
        statement = checked.statement
        if statement is None:
            first = checked.faults[0].told
            raise StatementRefused(count=len(checked.faults), first=first)
        with self._writing() as session:
            known = {fault.row for fault in _known_in(session, account_id, statement)}
            new = [line for line in statement.lines if line.row not in known]
            if not new:
                raise AllKnown
            row = BankStatementRow(
                bank_account_id=account_id,
                file=checked.file,
                layout=statement.layout,
                read_at=self._now(),
                read_by=self._user.name,
            )
            session.add(row)
            session.flush()
            session.add_all(_line(row, line) for line in new)
            return TakenOver(row.id, len(new), len(known))

    @needs(Right.KEEP_BOOKS)
    def layouts(self) -> dict[str, str]:
        """Return how the layouts that are known are called, by their codes."""
        with self._reading() as session:
            return {each.code: each.name for each in layouts_in(session)}

    @needs(Right.KEEP_BOOKS)
    def peek(self, path: Path) -> Peek:
        """Return the first rows of a file as they stand there, to name its columns."""
        sheets = text_table.read_any(path)
        widest = max(sheets, key=lambda each: each.width)
        rows = widest.rows[:PEEKED] if sheets else ()
        return Peek(path.name, tuple(tuple(read_text(c.own) for c in r) for r in rows))

    @needs(Right.KEEP_BOOKS)
    def teach_layout(self, taught: Taught) -> None:
        """Keep which columns of a bank's statements tell what."""
        teaching.check(taught)
        with self._writing() as session:
            same = select(BankLayoutRow).where(
                BankLayoutRow.name == taught.name.strip()
            )
            row = session.scalar(same) or BankLayoutRow(name=taught.name.strip())
            row.titles = {field.value: title for field, title in taught.titles.items()}
            row.words_in, row.words_out = taught.words_in, taught.words_out
            session.add(row)

    @needs(Right.KEEP_BOOKS)
    def forget_layout(self, code: str) -> None:
        """Forget a layout that was taught; statements read by it stay."""
        with self._writing() as session:
            for row in session.scalars(select(BankLayoutRow)):
                if code_of(row) == code:
                    session.delete(row)

    @needs(Right.KEEP_BOOKS)
    def statements(self, account_id: int) -> list[KeptStatement]:
        """List the files that were read in, the newest first."""
        with self._reading() as session:
            open_lines = _open_lines_in(session, account_id)
            query = (
                select(
                    BankStatementRow,
                    func.min(BankLineRow.day),
                    func.max(BankLineRow.day),
                    func.count(),
                )
                .join(BankLineRow)
                .where(BankStatementRow.bank_account_id == account_id)
                .group_by(BankStatementRow.id)
                .order_by(BankStatementRow.id.desc())
            )
            return [
                KeptStatement(
                    row.id,
                    row.file,
                    row.layout,
                    first,
                    last,
                    count,
                    open_lines.get(row.id, 0),
                    row.read_at,
                    row.read_by,
                )
                for row, first, last, count in session.execute(query)
            ]

    @needs(Right.KEEP_BOOKS)
    def remove_statement(self, statement_id: int) -> None:
        """Take out a statement that was read in by mistake, with all its lines."""
        with self._writing() as session:
            lines = session.scalars(
                select(BankLineRow).where(BankLineRow.bank_statement_id == statement_id)
            ).all()
            claimed = _claimed_in(session, [line.id for line in lines])
            if claimed:
                raise MatchedAlready(count=len(claimed))
            for line in lines:
                session.delete(line)
            session.flush()
            session.delete(session.get_one(BankStatementRow, statement_id))

    @needs(Right.KEEP_BOOKS)
    def reconciliation(self, account_id: int, day: date) -> Reconciliation | None:
        """Set the books against the bank on a day; None before the first line."""
        with self._reading() as session:
            account = session.get_one(BankAccountRow, account_id)
            movements = movements_in(session, account.purpose)
            lines = lines_in(session, account_id)
            # The books never knew what the operating account held before.
            return reconcile(day, movements, lines, account.purpose == "operating")

    @needs(Right.KEEP_BOOKS)
    @speaking()
    def write_reconciliation(self, account_id: int, day: date, path: Path) -> None:
        """Write the books beside the bank on a day as a PDF to be signed."""
        with self._reading() as session:
            row = session.get_one(BankAccountRow, account_id)
            account, home = _account_in(session, row), letterhead_in(session)
        found = self.reconciliation(account_id, day)
        about = EvenText(account.name, account.bank, account.number, day)
        write_even(path, about, found, home)


def layouts_in(session: Session) -> tuple[Layout, ...]:
    """Return the layouts that were taught, and those that came with the program."""
    rows = session.scalars(select(BankLayoutRow).order_by(BankLayoutRow.id))
    own = (layout_of(code_of(row), _taught(row)) for row in rows)
    return (*own, *shipped())


def code_of(row: BankLayoutRow) -> str:
    """Return by which code a taught layout is known."""
    return f"{teaching.OWN}{row.id}"


def _taught(row: BankLayoutRow) -> Taught:
    titles = {Field(field): title for field, title in row.titles.items()}
    return Taught(row.name, titles, row.words_in, row.words_out)


def _account_in(session: Session, row: BankAccountRow) -> BankAccount:
    last = session.scalars(
        select(BankLineRow)
        .where(BankLineRow.bank_account_id == row.id)
        .order_by(BankLineRow.day.desc(), BankLineRow.id.desc())
        .limit(1)
    ).first()
    return BankAccount(
        row.id,
        row.name,
        row.bank,
        row.number,
        row.purpose,
        row.is_active,
        last.day if last else None,
        last.balance_fen if last else None,
        sum(_open_lines_in(session, row.id).values()),
    )


def _line(statement: BankStatementRow, line: BankLine) -> BankLineRow:
    return BankLineRow(
        bank_account_id=statement.bank_account_id,
        bank_statement_id=statement.id,
        row=line.row,
        day=line.day,
        fen=line.fen,
        balance_fen=line.balance_fen,
        party=line.party,
        party_account=line.party_account,
        text=line.text,
        serial=line.serial,
        mark=line.mark,
    )


def _checked_in(
    session: Session, name: str, bank: str, number: str, own_id: int = 0
) -> dict[str, str]:
    """Return what an account is called, checked."""
    if not name.strip():
        raise NameMissing(field=_("name of the bank account"))
    whole = check_number(number)
    same = select(BankAccountRow.id).where(
        BankAccountRow.number == whole, BankAccountRow.id != own_id
    )
    if session.scalar(same) is not None:
        raise NumberInUse(number=whole)
    return {"name": name.strip(), "bank": bank.strip(), "number": whole}


def _check_purpose_in(session: Session, purpose: str) -> None:
    used = select(BankAccountRow.name).where(
        BankAccountRow.purpose == purpose, BankAccountRow.is_active
    )
    if (name := session.scalar(used)) is not None:
        raise PurposeTaken(name=name)


def _known_in(
    session: Session, account_id: int, statement: Statement
) -> tuple[Fault, ...]:
    """Return the lines of a statement that were read in before, and from where."""
    query = (
        select(BankLineRow.mark, BankStatementRow)
        .join(BankStatementRow)
        .where(
            BankLineRow.bank_account_id == account_id,
            BankLineRow.day.between(statement.first, statement.last),
        )
    )
    known = dict(session.execute(query).all())
    found = [
        Fault(
            line.row,
            "already_read",
            {
                "day": show_day(known[line.mark].read_at.date()),
                "file": known[line.mark].file,
            },
        )
        for line in statement.lines
        if line.mark in known
    ]
    return tuple(sorted(found, key=lambda fault: fault.row or 0))


def _gap_in(session: Session, account_id: int, statement: Statement) -> Fault | None:
    """Return a fault where a file does not go on from the last balance before it."""
    kept = select(func.max(BankLineRow.day)).where(
        BankLineRow.bank_account_id == account_id, BankLineRow.day <= statement.first
    )
    last = session.scalar(kept)
    if last is None:
        return None
    query = select(BankLineRow.balance_fen).where(
        BankLineRow.bank_account_id == account_id, BankLineRow.day == last
    )
    left = session.scalars(query.order_by(BankLineRow.id)).all()
    if statement.opening_fen in left:
        return None
    facts = {
        "kept": show_money(left[-1]),
        "day": show_day(last),
        "before": show_money(statement.opening_fen),
        "difference": show_money(abs(statement.opening_fen - left[-1])),
    }
    return Fault(statement.lines[0].row, "gap_before", facts)


def _open_lines_in(session: Session, account_id: int) -> dict[int, int]:
    """Count for each statement the lines of which nothing was said yet."""
    query = (
        select(BankLineRow.bank_statement_id, func.count())
        .where(
            BankLineRow.bank_account_id == account_id,
            BankLineRow.id.not_in(said_lines()),
        )
        .group_by(BankLineRow.bank_statement_id)
    )
    return dict(session.execute(query).all())


def _claimed_in(session: Session, line_ids: Collection[int]) -> set[int]:
    query = select(BankClaimRow.bank_line_id).where(
        BankClaimRow.bank_line_id.in_(line_ids)
    )
    return set(session.scalars(query))
