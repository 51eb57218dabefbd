"""Scenes of the bank: reading statements, whose each line is, books beside bank."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from carehome.app.desk import BOOKS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.i18n import show_money
from carehome.rules.bank.choosing import Does
from carehome.rules.bank.layouts import Field, shipped
from carehome.rules.bank.teaching import Taught
from carehome.services.bank import Bank, KeptLine
from carehome.ui.books import bank
from carehome.ui.books.bank import BankTab
from carehome.ui.books.bank_accounts import AccountsPart
from carehome.ui.books.bank_even import EvenPart
from carehome.ui.books.bank_files import FilesPart
from carehome.ui.books.bank_history import HistoryPart
from carehome.ui.books.bank_line_file import LineFile
from carehome.ui.books.bank_lines import LinesPart
from carehome.ui.books.bank_read import ReadDialog
from carehome.ui.books.page import BANK

FIELDS = (
    *(Field.DAY, Field.IN, Field.OUT, Field.BALANCE),
    *(Field.PARTY, Field.SERIAL),
)


def tab(studio: Studio, part: str = bank.LINES, purpose: str = "operating") -> BankTab:
    """Open a part of the bank for the account of a purpose."""
    studio.tab(BOOKS, BANK)
    found = studio.find(BankTab)
    accounts = studio.service(Bank).accounts()
    chosen = next(each for each in accounts if each.purpose == purpose)
    found.account.set_code(chosen.account_id)
    found.pick.set_code(part)
    studio.wait()
    return found


def lines(studio: Studio) -> None:
    """See what each line may be, the first choice in front."""
    tab(studio)


def _line(studio: Studio, fits: Callable[[KeptLine], bool]) -> LineFile:
    """Put the cursor on the first line that fits."""
    tab(studio)
    part = studio.find(LinesPart)
    rows = (row.line for row in part.view.table.rows)
    part.view.select(next(line.line_id for line in rows if fits(line)))
    studio.wait()
    return studio.find(LineFile)


def _has(does: Does) -> Callable[[KeptLine], bool]:
    return lambda line: line.best is not None and line.best.does is does


def _came(line: KeptLine) -> bool:
    return line.fen > 0


def in_books(studio: Studio) -> None:
    """See a line that somebody has booked by hand."""
    _line(studio, _has(Does.LINK))


def cards(studio: Studio) -> None:
    """See payments by card that came in one sum, less a fee."""
    _line(studio, lambda line: bool(line.best and line.best.fee))


def shared(studio: Studio) -> None:
    """See one transfer for two residents."""
    _line(studio, lambda line: bool(line.best and len(line.best.parts) > 1))


def nobody(studio: Studio) -> None:
    """See a line that nothing fits."""
    _line(studio, lambda line: line.best is None)


def sure(studio: Studio) -> None:
    """See all that is sure before it is taken at once."""
    tab(studio)
    studio.click(studio.find(LinesPart).sure)


def person(studio: Studio) -> None:
    """Say whose a line is."""
    studio.click(_line(studio, _came).person)


def split(studio: Studio) -> None:
    """Share a line out among residents."""
    file = _line(studio, lambda line: bool(line.best and len(line.best.parts) > 1))
    parts = file.cards[0].choice.parts
    studio.click(file.split)
    studio.fill(shares={part.resident_id: part.fen for part in parts})


def split_uneven(studio: Studio) -> None:
    """Say beside the field that the shares do not come to the line."""
    split(studio)
    studio.fill(shares={1: 1_00}).submit()


def books(studio: Studio) -> None:
    """Choose from the books what a line is the money of."""
    studio.click(_line(studio, _came).books)


def own(studio: Studio) -> None:
    """Say that a line is a charge, interest or a transfer."""
    studio.click(_line(studio, _has(Does.CHARGE)).own)


def transfer(studio: Studio) -> None:
    """Say that a line is a transfer between own accounts."""
    studio.click(_line(studio, _has(Does.TRANSFER)).own)
    studio.fill(does=Does.TRANSFER)


def aside(studio: Studio) -> None:
    """Say that a line is no money of residents."""
    studio.click(_line(studio, lambda line: line.fen < 0).aside)


def history(studio: Studio) -> None:
    """See all lines of a month, and what each was said to be."""
    tab(studio, bank.ALL)


def back(studio: Studio) -> None:
    """Take back what was said of a line."""
    history(studio)
    part = studio.find(HistoryPart)
    said = next(row for row in part.view.table.rows if row.line.said)
    part.ask_back(said)


def even(studio: Studio) -> None:
    """See books and bank side by side, each difference to the fen."""
    tab(studio, bank.EVEN)


def agreed(studio: Studio) -> None:
    """See books and bank agree on a day."""
    tab(studio, bank.EVEN)
    part = studio.find(EvenPart)
    part.day.set_value(studio.today.replace(day=1) - timedelta(days=1))
    studio.wait()


def even_paper(studio: Studio) -> None:
    """Look at the reconciliation as it will be printed."""
    even(studio)
    studio.click(studio.find(EvenPart).print)


def files(studio: Studio) -> None:
    """See the statements that were read in."""
    tab(studio, bank.FILES)


def file_away(studio: Studio) -> None:
    """Ask whether a statement is taken out again."""
    files(studio)
    found = studio.find(FilesPart)
    found.view.selectRow(0)
    studio.click(found.remove)


def layouts(studio: Studio) -> None:
    """See the layouts that were taught."""
    titles = {Field.DAY: "Dia", Field.AMOUNT: "Suma", Field.BALANCE: "Queda"}
    bank_name = studio.service(Bank).accounts()[-1].bank
    studio.service(Bank).teach_layout(Taught(bank_name, titles))
    files(studio)
    studio.click(studio.find(FilesPart).layouts)


def late(studio: Studio) -> None:
    """See deposits that were not in the bank on the same or the next day."""
    tab(studio, bank.LATE, "deposit")


def accounts(studio: Studio) -> None:
    """See the home's accounts."""
    tab(studio, bank.ACCOUNTS)


def account(studio: Studio) -> None:
    """Correct an account."""
    accounts(studio)
    part = studio.find(AccountsPart)
    part.ask_change(part.view.table.rows[0])


def no_accounts(studio: Studio) -> None:
    """Enter an account whose purpose has one already."""
    accounts(studio)
    studio.find(AccountsPart).ask_add()


def read(studio: Studio) -> ReadDialog:
    """Ask for a statement."""
    tab(studio).ask_read()
    studio.wait()
    window = studio.top
    assert isinstance(window, ReadDialog), "the file is asked for in a dialog"
    return window


def _file(studio: Studio, name: str) -> tuple[Path, list[list[str]]]:
    """Return a file as the bank of the demonstration writes it, with three lines."""
    known = studio.service(Bank).accounts()[0]
    before = known.balance_fen or 0
    layout = shipped()[0]
    words = list(layout.titles.exact.items())
    titles = {field: title for title, field in reversed(words)}
    head = [titles[field] for field in FIELDS]
    rows = [head]
    for place, fen in enumerate((2600_00, -65_00, 3180_00), 1):
        before += fen
        amount = show_money(abs(fen), sign=False)
        row = [studio.today.isoformat(), amount if fen > 0 else ""]
        row += [amount if fen < 0 else "", show_money(before, sign=False)]
        rows.append([*row, known.name, f"S{place}"])
    return studio.room / name, rows


def _look(studio: Studio, path: Path, rows: list[list[str]]) -> ReadDialog:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    dialog = read(studio)
    dialog.look_at(path)
    studio.wait()
    return dialog


def preview(studio: Studio) -> None:
    """See what a file tells before anything is stored."""
    _look(studio, *_file(studio, "statement.csv"))


def faults(studio: Studio) -> None:
    """See all that is wrong with a file, row by row."""
    path, rows = _file(studio, "statement.csv")
    rows[2][2] = "65,0O"
    rows += [rows[1], [*rows[3][:3], "9,999.00", *rows[3][4:]]]
    _look(studio, path, rows)


def unknown(studio: Studio) -> ReadDialog:
    """See a file whose columns are not known."""
    path, rows = _file(studio, "other-bank.csv")
    rows[0] = ["Dia", "Entra", "Sale", "Queda", "Quien", "Num"]
    return _look(studio, path, rows)


def teach(studio: Studio) -> None:
    """Name the columns of a bank that is not known."""
    studio.click(unknown(studio).teach)


SCENES = (
    Scene("books-bank", lines),
    Scene("books-bank-in-books", in_books),
    Scene("books-bank-cards", cards),
    Scene("books-bank-shared", shared),
    Scene("books-bank-nobody", nobody),
    Scene("books-bank-sure", sure),
    Scene("books-bank-person", person),
    Scene("books-bank-split", split),
    Scene("books-bank-split-uneven", split_uneven),
    Scene("books-bank-from-books", books),
    Scene("books-bank-own", own),
    Scene("books-bank-transfer", transfer),
    Scene("books-bank-aside", aside),
    Scene("books-bank-all", history),
    Scene("books-bank-back", back),
    Scene("books-bank-even", even),
    Scene("books-bank-agreed", agreed),
    Scene("books-bank-even-paper", even_paper),
    Scene("books-bank-files", files),
    Scene("books-bank-files-away", file_away),
    Scene("books-bank-layouts", layouts),
    Scene("books-bank-late", late),
    Scene("books-bank-accounts", accounts),
    Scene("books-bank-account", account),
    Scene("books-bank-account-new", no_accounts),
    Scene("books-bank-read", read),
    Scene("books-bank-preview", preview),
    Scene("books-bank-faults", faults),
    Scene("books-bank-unknown", unknown),
    Scene("books-bank-teach", teach),
)
