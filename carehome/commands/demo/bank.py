"""Statements of the bank: files of three layouts, read in and half dealt with."""

import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

from carehome import paths
from carehome.db.database import Database
from carehome.i18n import show_money
from carehome.rules.bank.accounts import CODES
from carehome.rules.bank.choosing import Choice, Does
from carehome.rules.bank.linking import OpenDeed
from carehome.rules.bank.matching import Payer, Sure
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.entry import Kind
from carehome.rules.ledger.sums import balance
from carehome.rules.money import half_up
from carehome.rules.periods import DAY, Period, months_after
from carehome.rules.rights import Role, User
from carehome.services.bank import Bank, BankLines, Chosen
from carehome.services.ledger import entries_in
from carehome.services.payments import Payments
from carehome.services.service import Service

S = TypeVar("S", bound=Service)
Told = Mapping[str, Any]
CHINA = timezone(timedelta(hours=8))
READ_AFTER = 1  # days after its last line a file is read in
PAYS_LATE = 5  # residents whose transfers are in the bank and not in the books


def furnish(db: Database, users: dict[Role, User], day: date) -> None:
    """Read in the statements of the last weeks, and deal with their older lines."""
    path = paths.resource("demo") / "bank.json"
    told: Told = json.loads(path.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        _Story(db, users[Role.ACCOUNTANT], day, told, Path(folder)).tell()


@dataclass(frozen=True)
class _Clock:
    """The hour of the story."""

    day: date

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(2), tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the bank to be written, and what the accountant does with it."""

    day: date
    fen: int
    party: str
    text: str
    choice: Choice | None = None
    account: str = ""
    serial: str = ""
    balance: int = 0


@dataclass
class _Story:
    """Writes each file as a bank does, reads it in, and says what its lines are."""

    db: Database
    user: User
    day: date
    told: Told
    folder: Path
    accounts: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    serial: int = 0

    def of(self, kind: Callable[..., S], day: date) -> S:
        """Return a service as the accountant has it on a day."""
        return kind(self.db, self.user, _Clock(day))

    def on(self, month: int, number: int) -> date:
        """Return a day of a month before or after this one, never after today."""
        first = months_after(self.day.replace(day=1), month)
        last = months_after(first, 1) - DAY
        return min(first + timedelta(days=number - 1), last, self.day)

    def tell(self) -> None:
        """Enter the accounts and read in the files, the oldest first."""
        begin = self.on(-2, 1)
        for purpose, each in self.told["accounts"].items():
            told = each["name"], each["bank"], each["number"], purpose
            self.accounts[purpose] = self.of(Bank, begin).add_account(*told)
            self.left[purpose] = round(each["before"] * 100)
        self._pay_by_card()
        for file in self.told["files"]:
            self._read(file)

    def _pay_by_card(self) -> None:
        """Let two families pay by card, so that the bank settles both in one sum."""
        day = self.on(0, self.told["cards"]["day"])
        people = self.of(BankLines, day).people().values()
        owing = [who for who in people if who.owed > 0 and who.contacts]
        payments = self.of(Payments, day)
        for who in owing[-2:]:
            payments.take(who.resident_id, who.owed, "card", day, who.contacts[0])

    def _read(self, file: Told) -> None:
        """Write a file, read it in, and deal with its lines up to a day."""
        first, last = self.on(*file["from"]), self.on(*file["to"])
        purpose = file["account"]
        if purpose != "operating" and not self.left[purpose]:
            self.left[purpose] = self._booked_before(CODES[purpose], first)
        lines = [*self._chained(purpose, self._lines(purpose, first, last))]
        if not lines:
            return
        number = self.told["accounts"][purpose]["number"]
        path = self.folder / file["name"]
        facts = {"number": number, "first": first, "last": last}
        layout = self.told["layouts"][file["layout"]]
        self._write(path, layout, lines, facts)
        read_on = min(last + READ_AFTER * DAY, self.day)
        bank, account = self.of(Bank, read_on), self.accounts[purpose]
        bank.take_over(account, bank.check(account, path))
        until = min(first + file["settled"] * DAY, self.day)
        self._settle(account, lines, first, until, read_on)

    def _settle(
        self,
        account: int,
        lines: Sequence[_Line],
        first: date,
        until: date,
        read_on: date,
    ) -> None:
        """Say what the lines up to a day are, as they were meant."""
        matching = self.of(BankLines, read_on)
        meant = {line.serial: line.choice for line in lines}
        chosen = [
            Chosen(kept.line_id, choice)
            for kept in matching.lines(account, first, until)
            if (choice := meant[kept.serial]) is not None
        ]
        matching.accept(chosen)

    def _booked_before(self, code: Code, day: date) -> int:
        with self.db.reading() as session:
            entries = entries_in(session, Period(date.min, day))
            return balance(entries, code)

    def _lines(self, purpose: str, first: date, last: date) -> list[_Line]:
        """Return all lines of some days in their order."""
        matching = self.of(BankLines, self.day)
        deeds = [
            deed
            for deed in matching.open_deeds(self.accounts[purpose])
            if first <= deed.day <= last and not deed.is_waiting
        ]
        people = matching.people()
        found = [*self._of_deeds(deeds, people), *self._of_cards(deeds, last)]
        if purpose == "operating":
            found += [*self._regular(first, last), *self._from_wechat(first, last)]
            if last > self.on(0, 1):
                found += self._not_booked(people, last)
        elif purpose == "deposit":
            found += self._interest(first, last)
        return sorted(found, key=lambda line: line.day)

    def _of_deeds(
        self, deeds: Sequence[OpenDeed], people: Mapping[int, Payer]
    ) -> Iterator[_Line]:
        for deed in deeds:
            if deed.is_card:
                continue
            who = people.get(deed.resident_id or 0)
            choice = Choice(Does.LINK, Sure.SURE, deeds=(deed,))
            text = self.told["transfer"]
            if who is None:
                bills = deed.deed.kind == Kind.UTILITY_PAID
                party = deed.text.split()[0] if bills else self.told["home"]
                yield _Line(deed.day, deed.fen, party, text, choice)
            else:
                party = _payer_of(who)
                if party != who.name:
                    text = self.told["fees_of"].format(name=who.name)
                number = f"62170001{who.resident_id:08d}"
                yield _Line(deed.day, deed.fen, party, text, choice, number)

    def _of_cards(self, deeds: Sequence[OpenDeed], last: date) -> Iterator[_Line]:
        """Yield what was paid by card on a day, the next day and less a fee."""
        told = self.told["cards"]
        days: dict[date, list[OpenDeed]] = defaultdict(list)
        for deed in deeds:
            if deed.is_card:
                days[deed.day].append(deed)
        for day, group in sorted(days.items()):
            whole = sum(deed.fen for deed in group)
            fee = half_up(whole * told["per_mille"], 1000)
            choice = Choice(Does.LINK, Sure.SURE, deeds=tuple(group), fee=fee)
            if day + DAY <= last:
                text = told["text"]
                yield _Line(day + DAY, whole - fee, told["party"], text, choice)

    def _regular(self, first: date, last: date) -> Iterator[_Line]:
        """Yield wages, food and what the bank charges each month."""
        month = first.replace(day=1)
        while month <= last:
            for each in self.told["regular"]:
                day = month + timedelta(days=each["day"] - 1)
                if first <= day <= last:
                    fen = round(each["yuan"] * 100)
                    yield _Line(day, fen, each["party"], each["text"], _meant(each))
            month = months_after(month, 1)

    def _from_wechat(self, first: date, last: date) -> Iterator[_Line]:
        """Yield what comes from the balance that residents paid into by WeChat."""
        told = self.told["wechat"]
        whole = self._booked_before(Code.WECHAT, last)
        for number in told["days"]:
            day = first.replace(day=number)
            if first <= day <= last:
                fen = max(whole // told["share"] // 100_00 * 100_00, 100_00)
                choice = Choice(Does.TRANSFER, Sure.SURE, other=Code.WECHAT)
                yield _Line(day, fen, told["party"], told["text"], choice)

    def _interest(self, first: date, last: date) -> Iterator[_Line]:
        told = self.told["deposit_interest"]
        day = first.replace(day=told["day"])
        if first <= day <= last:
            fen = round(told["yuan"] * 100)
            yield _Line(day, fen, "", told["text"], Choice(Does.INTEREST, Sure.SURE))

    def _not_booked(self, people: Mapping[int, Payer], last: date) -> Iterator[_Line]:
        """Yield transfers of families that nobody has booked yet."""
        owing = [
            payer for payer in people.values() if payer.owed > 0 and payer.contacts
        ]
        two, alone = owing[:2], owing[2 : 2 + PAYS_LATE]
        for at, payer in enumerate(alone):
            day = last - (at % 4) * DAY
            number = f"62170001{payer.resident_id:08d}"
            fen = payer.bills[0].fen if at % 3 == 1 else payer.owed
            party, text = _payer_of(payer), self.told["transfer"]
            if at % 3 == 2:
                party = party[0] + "*" * (len(party) - 1)
            elif at % 2:
                text = self.told["fees_of"].format(name=payer.name)
            yield _Line(day, fen, party, text, account=number)
        if len(two) == 2:
            text = " ".join(payer.name for payer in two)
            fen = sum(payer.owed for payer in two)
            yield _Line(last - DAY, fen, _payer_of(two[0]), text)
        told = self.told["unknown"]
        fen = round(told["yuan"] * 100)
        yield _Line(last - 2 * DAY, fen, told["party"], told["text"])

    def _chained(self, purpose: str, lines: Sequence[_Line]) -> Iterator[_Line]:
        """Give each line its number and the balance after it."""
        for line in lines:
            self.serial += 1
            self.left[purpose] += line.fen
            number = f"{line.day:%Y%m%d}{self.serial:06d}"
            yield replace(line, serial=number, balance=self.left[purpose])

    def _write(
        self, path: Path, layout: Told, lines: Sequence[_Line], facts: Told
    ) -> None:
        with path.open("w", encoding=layout["encoding"], newline="") as file:
            sheet = csv.writer(file)
            for row in layout["head"]:
                sheet.writerow([cell.format(**facts) for cell in row])
            sheet.writerow(layout["titles"])
            for line in lines:
                cells = self._cells(line)
                sheet.writerow([cells[of] for of in layout["cells"]])

    def _cells(self, line: _Line) -> dict[str, str]:
        """Return what a line tells, as any of the banks writes it."""
        came, went = self.told["flags"]
        noon = datetime.combine(line.day, time(10, 30), CHINA)
        return {
            "day": line.day.isoformat(),
            "packed": f"{line.day:%Y%m%d}",
            "moment": str(int(noon.timestamp() * 1000)),
            "text": line.text,
            "party": line.party,
            "account": f"{line.account}\t" if line.account else "",
            "serial": f"{line.serial}\t",
            "balance": _yuan(line.balance),
            "in": _yuan(line.fen) if line.fen > 0 else "",
            "out": _yuan(-line.fen) if line.fen < 0 else "",
            "flag": came if line.fen > 0 else went,
            "whole": _yuan(abs(line.fen)),
            "signed": f"{line.fen / 100:+.2f}",
        }


def _payer_of(payer: Payer) -> str:
    """Return who pays for somebody: the first contact, or they themselves."""
    return payer.contacts[0] if payer.contacts else payer.name


def _meant(told: Told) -> Choice:
    """Return what the accountant takes a regular line for."""
    if "aside" in told:
        return Choice(Does.ASIDE, Sure.SURE, text=told["aside"])
    return Choice(Does(told["does"]), Sure.SURE, text=told["text"])


def _yuan(fen: int) -> str:
    return show_money(fen, sign=False).replace("\u2212", "-")
