"""Setting the demonstration home up, and letting half a year pass in it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from carehome.commands.demo import (
    agreements,
    arrears,
    bank,
    belonging,
    books,
    deposits,
    late,
    payers,
    presence,
    prices,
    ratings,
    requests,
    risks,
    rosters,
    safety,
    shifts,
    staff,
    tills,
)
from carehome.commands.demo.assessments import Assessors
from carehome.commands.demo.departures import Farewells
from carehome.commands.demo.enquiries import Callers
from carehome.commands.demo.life import Life
from carehome.commands.demo.people import Crowd, words
from carehome.commands.demo.roll import write_roll
from carehome.commands.told import DEMO_PASSWORD, DEMO_USER
from carehome.i18n import _, say_month
from carehome.rules.billing.tariff import Terms
from carehome.rules.home import NewAccount, Profile
from carehome.rules.periods import DAY, months_after
from carehome.rules.rights import ROLE_NAMES, Role, User
from carehome.services import home as homes
from carehome.services.accounts import Accounts
from carehome.services.beds import Beds
from carehome.services.home import OpenHome
from carehome.services.opening import Opening
from carehome.services.prices import Price, Prices, PriceSheet, PriceVersions
from carehome.services.rolls import Rolls, read_sheets
from carehome.services.staff import Staff, StaffMember

Step = Callable[[int, int, str], None]

MONTHS = 6
FURNISHING = 30  # furnishing the home and reading the roll take as long as so many days
RESIDENTS_AT_START = 104


class Clock:
    """A clock that the story sets."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        """Return half past nine in China on the day of the story."""
        return datetime.combine(self.day, time(1, 30), tzinfo=UTC)


def run(folder: Path, seed: int, day: date) -> None:
    """Make the home and say how to get in."""
    make(folder, seed, day)
    print(_("The demonstration home is in {folder}.").format(folder=folder))
    print(
        _("Sign-ins, all with the password {password}:").format(password=DEMO_PASSWORD)
    )
    for sign_in, name, role in words()["accounts"]:
        print(f"  {sign_in:<12} {name}  {_(ROLE_NAMES[Role(role)])}")


def make(folder: Path, seed: int, day: date, step: Step | None = None) -> None:
    """Make the home as it stands on `day`; the same seed and day, the same home.

    `step` is told how far it is and may end it by raising.
    """
    begin = months_after(day.replace(day=1), 1 - MONTHS)
    clock, dice = Clock(begin), Random(seed)
    crowd = Crowd(dice)
    tell = step or _tell_nobody
    days = (day - begin).days
    total = FURNISHING + days
    tell(0, total, _("Accounts, rooms and prices"))
    with _set_up(folder, clock) as opened:
        users = _accounts(opened, clock)
        _furnish(opened, clock)
        _staff(opened, clock, crowd, dice)
        tell(FURNISHING // 3, total, _("Residents move in"))
        _residents(opened, clock, crowd, dice)
        payers.agree(opened.db, users, clock)
        life = Life(opened.db, users, clock, crowd, dice)
        while clock.day < day:
            lived = FURNISHING + (clock.day - begin).days
            tell(lived, total, _("{month} passes").format(month=say_month(clock.day)))
            life.live_through(clock.day, day)
            payers.pass_day(opened.db, users, clock)
            tills.pass_day(opened.db, users, clock, day)
            clock.day += DAY
        life.last_day(day)
        Assessors(opened.db, users, seed, begin, day).assess()
        belonging.furnish(opened.db, users, seed, day)
        risks.furnish(opened.db, users, seed, day)
        presence.furnish(opened.db, users, seed, day)
        staff.furnish(opened.db, users, seed, day)
        rosters.furnish(opened.db, users, seed, day)
        shifts.furnish(opened.db, users, day)
        requests.furnish(opened.db, users, day)
        agreements.furnish(opened.db, users, clock)
        Callers(opened.db, users, day).call()
        deposits.furnish(opened.db, users, day)
        Farewells(opened.db, users, day).say()
        safety.furnish(opened.db, users, seed, day)
        ratings.furnish(opened.db, users, seed, day)
        books.furnish(opened.db, users, day)
        prices.furnish(opened.db, users, day)
        late.furnish(opened.db, users, day)
        arrears.furnish(opened.db, users, day)
        bank.furnish(opened.db, users, day)
        tills.furnish(opened.db, users, day)


def _tell_nobody(_done: int, _total: int, _text: str) -> None:
    """Let the home be made without anybody looking on."""


@contextmanager
def _set_up(folder: Path, clock: Clock) -> Iterator[OpenHome]:
    told = words()["profile"]
    since = date.fromisoformat(told["opened_on"])
    profile = Profile(**told | {"opened_on": since, "is_practice": True})
    name = next(n for s, n, _role in words()["accounts"] if s == DEMO_USER)
    director = NewAccount(DEMO_USER, name, Role.DIRECTOR, DEMO_PASSWORD)
    homes.create(folder, profile, director, clock)
    opened = homes.open_home(folder, DEMO_USER, DEMO_PASSWORD, clock)
    try:
        Opening(opened.db, opened.user, clock).note_key_put_away()
        yield opened
    finally:
        opened.db.close()


def _accounts(opened: OpenHome, clock: Clock) -> dict[Role, User]:
    """Make the sign-ins; they are public, so nobody is asked for another password."""
    users = {opened.user.role: opened.user}
    accounts = Accounts(opened.db, opened.user, clock)
    for sign_in, name, role in words()["accounts"]:
        if sign_in == DEMO_USER:
            continue
        number = accounts.add(NewAccount(sign_in, name, Role(role), DEMO_PASSWORD))
        user = User(number, name, Role(role))
        Accounts(opened.db, user, clock).change_own_password(
            DEMO_PASSWORD, DEMO_PASSWORD
        )
        users[Role(role)] = user
    return users


def _furnish(opened: OpenHome, clock: Clock) -> None:
    """Build floors, rooms and beds, and set the prices."""
    places = Beds(opened.db, opened.user, clock)
    building = places.add_building(words()["building"])
    for name, level, unit, rooms, beds, bed_class, nursing in words()["floors"]:
        floor = places.add_floor(building, name, level, unit)
        places.add_rooms(floor, rooms, beds, bed_class, "any", nursing)
    prices = Prices(opened.db, opened.user, clock)
    listed = words()["prices"]
    sheet = PriceSheet(
        0,
        date(clock.day.year - 1, 1, 1),
        words()["price_note"],
        Terms(),
        tuple(
            Price(item.item_id, listed[item.code])
            for item in prices.items()
            if item.code in listed
        ),
    )
    PriceVersions(opened.db, opened.user, clock).bring(sheet)


def _staff(opened: OpenHome, clock: Clock, crowd: Crowd, dice: Random) -> None:
    staff = Staff(opened.db, opened.user, clock)
    named = {role: name for _sign_in, name, role in words()["accounts"]}
    known = [named["director"], named["head_nurse"]]
    for post, count in words()["posts"]:
        for _number in range(count):
            name = (
                known.pop(0) if known else crowd.name(dice.choice(["female", "male"]))
            )
            hired = clock.day - timedelta(days=dice.randrange(60, 2500))
            staff.save(StaffMember(0, name, post, crowd.phone(), hired))


def _residents(opened: OpenHome, clock: Clock, crowd: Crowd, dice: Random) -> None:
    """Read the residents in from the home's own roll, as every home begins."""
    free = Beds(opened.db, opened.user, clock).free(clock.day)
    rolls = Rolls(opened.db, opened.user, clock)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{words()['roll_title']}.xlsx"
        write_roll(path, free, RESIDENTS_AT_START, clock.day, crowd, dice)
        checked = rolls.check(path.name, read_sheets(path))
        assert not checked.roll.rejected, "the demonstration's roll is sound"
        rolls.read_in(checked)
