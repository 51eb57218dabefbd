"""The tab of the director's charts."""

from carehome.ui.overview.tab import Tab


class DashboardTab(Tab):
    """The tab of the director's charts."""
