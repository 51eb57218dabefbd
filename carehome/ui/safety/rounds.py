"""The tab of rounds: what is due, missed or odd, and the filling in of a sheet."""

from carehome.ui.safety.tab import Tab


class RoundsTab(Tab):
    """Lists rounds; a row opens to its sheet."""
