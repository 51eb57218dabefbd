"""Scenes of subsidies: a month worked out, claims and their money, two benefits."""

from datetime import date

from carehome.app.desk import BOOKS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.i18n import _
from carehome.rules.entitlements import Standing
from carehome.rules.periods import months_after
from carehome.rules.subsidies.schemes import OwnRate, schemes
from carehome.services.entitlements import Entitlements
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.residents import Residents
from carehome.services.subsidies import Subsidies
from carehome.ui.books.subsidies import CLAIMS, OVERLAPS, SubsidiesTab

TAB, STAR = "Subsidies", "xian/star-subsidy"
CARE, DISABLED = "7", "15"


def month(studio: Studio) -> None:
    """See what the subsidies of a month come to, by our estimate."""
    _star(studio)
    studio.tab(BOOKS, TAB)


def opened(studio: Studio) -> None:
    """Look at who is behind a subsidy, and what is missing."""
    month(studio)
    tab = studio.find(SubsidiesTab)
    tab.view.select(STAR)
    studio.open_row(tab.view, tab.view.currentIndex().row())


def handing_in(studio: Studio) -> None:
    """Hand a claim in."""
    opened(studio)
    studio.click(studio.find(SubsidiesTab).file.hand_in)


def leaving_out(studio: Studio) -> None:
    """Leave somebody out of a claim."""
    opened(studio)
    file = studio.find(SubsidiesTab).file
    file.view.selectRow(0)
    studio.click(file.out)


def rate(studio: Studio) -> None:
    """Type a rate of the home's own place."""
    opened(studio)
    studio.click(studio.find(SubsidiesTab).file.rate)


def counting(studio: Studio) -> None:
    """Say how heads are counted where no source says it."""
    month(studio)
    studio.click(studio.find(SubsidiesTab).counting)


def printed(studio: Studio) -> None:
    """Look at a claim as it will be printed."""
    opened(studio)
    studio.click(studio.find(SubsidiesTab).print)


def claims(studio: Studio) -> None:
    """See the claims that were handed in, and what is still to come in."""
    tab = _claimed(studio)
    tab.claims.selectRow(0)
    studio.wait()


def granting(studio: Studio) -> None:
    """Note what was granted."""
    claims(studio)
    studio.click(studio.find(SubsidiesTab).granted)


def refusing(studio: Studio) -> None:
    """Note that a claim was refused."""
    claims(studio)
    studio.click(studio.find(SubsidiesTab).refused)


def taking_back(studio: Studio) -> None:
    """Take a claim back."""
    claims(studio)
    studio.click(studio.find(SubsidiesTab).back)


def money(studio: Studio) -> None:
    """Book money that came in."""
    tab = _claimed(studio)
    tab.claims.selectRow(1)
    studio.wait()
    studio.click(tab.money)


def voiding(studio: Studio) -> None:
    """Void money that was booked by mistake."""
    tab = _claimed(studio)
    tab.claims.selectRow(1)
    studio.wait()
    studio.click(tab.void)


def overlaps(studio: Studio) -> None:
    """See who seems to receive two benefits that do not go together."""
    who = studio.service(Residents).find("")[0].resident_id
    held = studio.service(Entitlements)
    for item in (CARE, DISABLED):
        held.set_state(who, item, Standing.RECEIVES)
    tab = _tab(studio)
    tab.which.set_code(OVERLAPS)
    tab.which.chosen.emit()
    tab.twice.selectRow(0)
    studio.wait()


def looked_into(studio: Studio) -> None:
    """Say what was found out about two benefits."""
    overlaps(studio)
    studio.click(studio.find(SubsidiesTab).dismiss)


def _tab(studio: Studio) -> SubsidiesTab:
    studio.tab(BOOKS, TAB)
    studio.wait()
    return studio.find(SubsidiesTab)


def _star(studio: Studio) -> None:
    awards = studio.service(RatingAwards)
    awards.save(Award(3, date(studio.today.year, 1, 15)))
    held, first = studio.service(Subsidies), date(studio.today.year, 1, 1)
    amount, told = schemes()[STAR].claim.amount, studio.opened.profile.name
    assert amount is not None, "the subsidy by stars has rates"
    for line in amount.lines:  # a home elsewhere types its own
        rate = OwnRate(STAR, line.name, 3, line.stars[2], first, told)
        held.set_rate(rate)


def _claimed(studio: Studio) -> SubsidiesTab:
    """Hand in two months; the first was granted, and half of it came in."""
    _star(studio)
    held, today = studio.service(Subsidies), studio.today
    first, office = today.replace(day=1), _("Civil affairs office")
    before = held.hand_in(STAR, months_after(first, -2), office, today)
    held.grant(before, today)
    held.receive(before, today, held.claims()[0].fen // 2, "transfer")
    held.hand_in(STAR, months_after(first, -1), office, today)
    tab = _tab(studio)
    tab.which.set_code(CLAIMS)
    tab.which.chosen.emit()
    studio.wait()
    return tab


SCENES = (
    Scene("books-subsidies", month),
    Scene("books-subsidies-opened", opened),
    Scene("books-subsidies-hand-in", handing_in),
    Scene("books-subsidies-leave-out", leaving_out),
    Scene("books-subsidies-rate", rate),
    Scene("books-subsidies-counting", counting),
    Scene("books-subsidies-paper", printed),
    Scene("books-subsidies-claims", claims),
    Scene("books-subsidies-granted", granting),
    Scene("books-subsidies-refused", refusing),
    Scene("books-subsidies-back", taking_back),
    Scene("books-subsidies-money", money),
    Scene("books-subsidies-void", voiding),
    Scene("books-overlaps", overlaps),
    Scene("books-overlaps-word", looked_into),
)
