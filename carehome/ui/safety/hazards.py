"""The tab of hazards: what was found, until somebody else saw that it is gone."""

from carehome.ui.safety.tab import Tab


class HazardsTab(Tab):
    """Lists hazards; a row opens to its way from finding to closing."""
