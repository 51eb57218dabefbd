"""The tab of drills, trainings, emergency plans and incidents."""

from carehome.ui.safety.tab import Tab


class DrillsTab(Tab):
    """Lists drills and trainings; a row opens to what came out."""
