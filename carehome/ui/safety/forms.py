"""The tab of forms and the plan: what is checked, where, when and by whom."""

from carehome.ui.safety.tab import Tab


class FormsTab(Tab):
    """Lists forms and what the plan makes due."""
