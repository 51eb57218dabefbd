"""The window with the pages of whoever has signed in."""

from functools import partial

from carehome.app import evacuation, shelf
from carehome.app.aftermath import Aftermath
from carehome.app.desk import OPENING, Desk
from carehome.app.finding import Finding
from carehome.app.pages import PAGES
from carehome.i18n import N_, _
from carehome.rules.rights import ROLE_NAMES, Right
from carehome.services.home import OpenHome
from carehome.services.lists import Lists
from carehome.services.service import Clock
from carehome.ui.desktop import SetLook
from carehome.ui.kit import extract
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import bind
from carehome.ui.parts.workbooks import save_list
from carehome.ui.shell import Page, Shell


def make_shell(
    opened: OpenHome, jobs: Jobs, clock: Clock, set_look: SetLook | None = None
) -> Shell:
    """Return the window of a person at a home, with the pages of their rights."""
    desk = Desk(opened, jobs, clock, set_look)
    pages = [
        Page(page.title, page.icon, page.right, partial(page.make, desk), page.passing)
        for page in PAGES
        if opened.user.may(page.right)
    ]
    opened.db.on_change = jobs.announce
    person = f"{opened.user.name} · {_(ROLE_NAMES[opened.user.role])}"
    shell = Shell(opened.profile.name, person, desk.today(), pages, jobs)
    desk.shell = shell
    aftermath = Aftermath(desk)
    desk.teller = aftermath.tell
    Finding(desk, aftermath)
    show_sheet = partial(evacuation.show_sheet, desk)
    bind(shell, evacuation.KEYS, evacuation.TITLE, show_sheet)
    if opened.user.may(Right.CHANGE_RESIDENTS):
        bind(shell, "Ctrl+Shift+N", N_("New enquiry"), desk.begin_enquiry)
    shelf.put_up(desk)
    extract.use(partial(save_list, jobs, desk.service(Lists), desk.today))
    shell.mark_practice(opened.profile.is_practice)
    if opened.is_new and OPENING in shell.entries:
        shell.open_page(OPENING)
    return shell
