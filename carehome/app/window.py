"""The window with the pages of whoever has signed in."""

from functools import partial

from carehome.app import shelf
from carehome.app.desk import Desk
from carehome.app.finding import find
from carehome.app.pages import PAGES
from carehome.i18n import _
from carehome.rules.rights import ROLE_NAMES
from carehome.services.home import OpenHome
from carehome.services.service import Clock
from carehome.ui.desktop import SetLook
from carehome.ui.kit.jobs import Jobs
from carehome.ui.shell import Page, Shell


def make_shell(
    opened: OpenHome, jobs: Jobs, clock: Clock, set_look: SetLook | None = None
) -> Shell:
    """Return the window of a person at a home, with the pages of their rights."""
    desk = Desk(opened, jobs, clock, set_look)
    pages = [
        Page(page.title, page.icon, page.right, partial(page.make, desk), page.keys)
        for page in PAGES
        if opened.user.may(page.right)
    ]
    opened.db.on_change = jobs.announce
    person = f"{opened.user.name} · {_(ROLE_NAMES[opened.user.role])}"
    shell = Shell(opened.profile.name, person, desk.today(), pages, jobs)
    desk.shell = shell
    shell.search_asked.connect(partial(find, desk))
    shelf.put_up(desk)
    if opened.profile.is_practice:
        text = _("A home for practice: people and money are invented, try anything.")
        shell.mark_practice(text)
    return shell
