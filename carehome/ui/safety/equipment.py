"""The tab of equipment: what hangs where, and when it is serviced or scrapped."""

from carehome.ui.safety.tab import Tab


class EquipmentTab(Tab):
    """Lists equipment; a row opens to its place and services."""
