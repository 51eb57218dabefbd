"""Scenes of the director's charts and of the reports."""

from carehome.app.desk import OVERVIEW
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.i18n import _
from carehome.ui.overview.dashboard import DashboardTab

DASHBOARD, REPORTS = "Dashboard", "Reports"


def dashboard(studio: Studio) -> None:
    """See how the home does: figures, trends, what they lead to."""
    studio.tab(OVERVIEW, DASHBOARD)
    studio.wait()


def listed(studio: Studio) -> None:
    """Look at the list behind a figure."""
    dashboard(studio)
    studio.find(DashboardTab).cards["occupancy"].list.click()
    studio.wait()


def printed(studio: Studio) -> None:
    """Look at the charts on paper before they are printed."""
    dashboard(studio)
    studio.press("Print")


def by_month(studio: Studio) -> None:
    """Look at the numbers that a chart is drawn from."""
    dashboard(studio)
    studio.find(DashboardTab).cards["income"].months.click()
    studio.wait()


def parts_by_month(studio: Studio) -> None:
    """Look at how the abilities of residents have changed."""
    dashboard(studio)
    studio.find(DashboardTab).cards["ability"].months.click()
    studio.wait()


def on_duty(studio: Studio) -> None:
    """Look at which shifts of today lack people."""
    dashboard(studio)
    card = studio.find(DashboardTab).cards["staffing"]
    name = _("People that all shifts of today ask for")
    studio.click(card.line(name))


SCENES = (
    Scene("overview-dashboard", dashboard),
    Scene("overview-dashboard-list", listed),
    Scene("overview-dashboard-months", by_month),
    Scene("overview-dashboard-ability", parts_by_month),
    Scene("overview-dashboard-duty", on_duty),
    Scene("overview-dashboard-paper", printed),
)
