"""What a person can look for from anywhere: people, beds, pages and deeds."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from carehome.app.desk import FEES, RESIDENTS, SETTINGS, Desk
from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.ui.kit.finder import Finder
from carehome.ui.parts.find import BedsByName, Command, Commands, People

# Tabs that people look for by name, with the right that shows them.
TABS = (
    (FEES, N_("Payments"), Right.SEE_FEES),
    (FEES, N_("Receipts"), Right.SEE_FEES),
    (FEES, N_("Arrears"), Right.SEE_FEES),
    (FEES, N_("Month end"), Right.SEE_FEES),
    (FEES, N_("Deposits"), Right.SEE_FEES),
    (FEES, N_("Price lists"), Right.SEE_FEES),
    (SETTINGS, N_("Home"), Right.SEE_HOME),
    (SETTINGS, N_("My account"), Right.USE_PROGRAM),
    (SETTINGS, N_("Accounts"), Right.MANAGE_ACCOUNTS),
    (SETTINGS, N_("Lists"), Right.CHANGE_HOME),
    (SETTINGS, N_("Staff"), Right.SEE_STAFF),
    (SETTINGS, N_("Change log"), Right.READ_CHANGE_LOG),
)


def _commands(desk: Desk) -> Iterator[Command]:
    """Name what this person can go to or do from anywhere."""
    for at, title in enumerate(desk.shell.entries, 1):
        yield Command(_(title), f"Ctrl+{at}", partial(desk.shell.open_page, title))
    if desk.user.may(Right.CHANGE_RESIDENTS):
        yield Command(
            _("Admit a resident"),
            _(RESIDENTS),
            lambda: desk.residents_page().begin_admission(),
        )
    if desk.user.may(Right.READ_ROLL):
        yield Command(
            _("Read a roll"), _(RESIDENTS), lambda: desk.residents_page().open_roll()
        )
    for page, title, right in TABS:
        if desk.user.may(right):
            go = partial(desk.open_tab, page, _(title))
            yield Command(_(title), _(page), go)
    yield Command(_("Lock the screen"), "Ctrl+L", desk.shell.lock_asked.emit)
    yield Command(_("Show these keys"), "F1", desk.shell.show_keys)


def find(desk: Desk) -> Finder:
    """Let the person look for anything they may see."""
    finder = Finder(_("A name, a bed, or what you want to do"), desk.shell)
    if desk.user.may(Right.SEE_RESIDENTS):
        people = People(desk.open_resident)
        finder.add(people)
        then = partial(_learn, finder, people)
        desk.jobs.run(finder, then, desk.care.residents.index)
    beds = BedsByName(desk.open_bed)
    finder.add(beds)
    then = partial(_learn, finder, beds)
    desk.jobs.run(finder, then, desk.care.beds.board, desk.today())
    finder.add(Commands(list(_commands(desk))))
    finder.open()
    return finder


def _learn(finder: Finder, source: People | BedsByName, known: Any) -> None:
    source.learn(known)
    finder.look()
