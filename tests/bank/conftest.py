from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from carehome.db.residents import ContactRow
from carehome.services.bank import Bank, BankLines, KeptLine
from tests.bank.bank_files import LAYOUTS, NUMBER, save_csv
from tests.house import DIRECTOR
from tests.purse import OCTOBER, SEPTEMBER, Purse, furnished

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DEDICATED = "6200019900999999"


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two residents and their bills of two months."""
    return furnished(_template, tmp_path_factory.mktemp("purse"), SEPTEMBER, OCTOBER)


@pytest.fixture
def purse(db, clock) -> Purse:
    return Purse(db, clock)


@dataclass
class Till:
    """The bank accounts of a small home, and files to read into them."""

    purse: Purse
    folder: Path
    account: int = 0
    files: int = 0

    @property
    def bank(self) -> Bank:
        return self.purse.of(Bank)

    @property
    def matching(self) -> BankLines:
        return self.purse.of(BankLines)

    def save(self, found, layout="two-columns", number=NUMBER) -> Path:
        """Save lines as a bank does."""
        self.files += 1
        path = self.folder / f"{self.files}.csv"
        return save_csv(path, LAYOUTS[layout](found, number))

    def read(self, found, layout="two-columns", number=NUMBER, account=0):
        """Read lines into an account."""
        account = account or self.account
        checked = self.bank.check(account, self.save(found, layout, number))
        return self.bank.take_over(account, checked)

    def lines(self, account=0) -> list[KeptLine]:
        """Return all lines of an account."""
        return self.matching.lines(account or self.account, FIRST, LAST)

    def contact(self, resident_id: int, name: str) -> None:
        """Let a resident have a contact."""
        with self.purse.db.writing(DIRECTOR, "contact") as session:
            row = ContactRow(resident_id=resident_id, role="family", name=name)
            session.add(row)


@pytest.fixture
def till(purse, tmp_path) -> Till:
    folder = tmp_path / "files"
    folder.mkdir()
    found = Till(purse, folder)
    found.account = found.bank.add_account("基本户", "瑞禾银行", NUMBER, "operating")
    return found
