"""stub"""

from carehome.ui.overview.tab import Tab


class ReportsTab(Tab):
    """stub."""
