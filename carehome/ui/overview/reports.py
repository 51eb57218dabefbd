"""The tab of reports."""

from carehome.ui.overview.tab import Tab


class ReportsTab(Tab):
    """The tab of reports."""
