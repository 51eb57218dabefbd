"""Scenes of reports: counted now, handed in, corrected."""

from dataclasses import replace

from carehome.app.desk import OVERVIEW
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.i18n import _
from carehome.rules.figure_reports import Span, span_of, stepped
from carehome.rules.periods import Period
from carehome.services.overview.reports import FigureReports
from carehome.services.residents import Residents
from carehome.ui.overview.kept_reports import KeptReports
from carehome.ui.overview.reports import KEPT, ReportsTab

REPORTS, MONTH = "Reports", "month"


def month(studio: Studio) -> None:
    """See the figures of a month, and what one of them means."""
    tab = _tab(studio)
    tab.view.select("beds.occupancy")
    studio.wait()


def running(studio: Studio) -> None:
    """See the month that runs: as of today, and what is not known yet."""
    tab = _tab(studio)
    tab.span.forward()
    studio.wait()
    tab.view.select("fees.income")
    studio.wait()


def behind(studio: Studio) -> None:
    """Look at the list behind a figure."""
    tab = _tab(studio)
    tab.view.select("residents.admissions")
    studio.open_row(tab.view, tab.view.currentIndex().row())


def filing(studio: Studio) -> None:
    """See what the filing form asks, what is missing and where it is entered."""
    tab = _tab(studio)
    tab.open_key("filing")
    studio.wait()
    tab.view.select(tab.view.table.rows[2].label)
    studio.wait()


def found(studio: Studio) -> None:
    """Find a figure among all there are."""
    tab = _tab(studio)
    tab.open_key("all")
    studio.wait()
    tab.search.setText(_("Beds"))
    studio.wait()


def hand_in(studio: Studio) -> None:
    """Keep a report that is handed in."""
    _tab(studio)
    studio.press("Keep as handed in")


def kept(studio: Studio) -> None:
    """See which reports were handed in, and what was changed since."""
    _kept(studio)


def correct(studio: Studio) -> None:
    """Correct a report that was handed in by a new one."""
    _kept(studio)
    studio.press("Correct by a new report")


def none_kept(studio: Studio) -> None:
    """See that nothing was handed in yet, and how that is noted."""
    tab = _tab(studio)
    tab.which.set_code(KEPT)
    studio.wait()


def printed(studio: Studio) -> None:
    """Look at a report on paper before it is printed."""
    _tab(studio)
    studio.press("Print")


def kept_printed(studio: Studio) -> None:
    """Look at a report as it was handed in, before it is printed again."""
    _kept(studio)
    studio.click(studio.find(KeptReports).file.print)


def _tab(studio: Studio) -> ReportsTab:
    studio.tab(OVERVIEW, REPORTS)
    studio.wait()
    return studio.find(ReportsTab)


def _kept(studio: Studio) -> None:
    """Hand in two months, one of them twice; then correct somebody's file."""
    reports = studio.service(FigureReports)
    last = _month(studio, -1)
    office = _("Civil affairs office")
    reports.keep(MONTH, _month(studio, -2), office)
    first = reports.keep(MONTH, last, office)
    reports.keep(MONTH, last, office, _("Admissions entered late"), corrects=first)
    residents = studio.service(Residents)
    who = residents.find("")[0].resident_id
    person = residents.file(who).person
    residents.change_person(who, replace(person, has_dementia=not person.has_dementia))
    tab = _tab(studio)
    tab.open_key(reports.kept()[0].report_id)
    studio.wait()
    studio.find(KeptReports).file.only.setChecked(True)
    studio.wait()


def _month(studio: Studio, steps: int) -> Period:
    return stepped(span_of(studio.today, Span.MONTH), Span.MONTH, steps)


SCENES = (
    Scene("overview-reports", month),
    Scene("overview-reports-running", running),
    Scene("overview-reports-list", behind),
    Scene("overview-reports-filing", filing),
    Scene("overview-reports-found", found),
    Scene("overview-reports-hand-in", hand_in),
    Scene("overview-reports-kept", kept),
    Scene("overview-reports-correct", correct),
    Scene("overview-reports-none-kept", none_kept),
    Scene("overview-reports-paper", printed),
    Scene("overview-reports-kept-paper", kept_printed),
)
