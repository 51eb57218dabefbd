"""The tab of what the home may claim."""

from carehome.ui.overview.tab import Tab


class ClaimsTab(Tab):
    """The tab of what the home may claim."""
