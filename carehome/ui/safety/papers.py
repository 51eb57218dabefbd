"""The tab of approvals, contracts, insurance, and inspections from outside."""

from carehome.ui.safety.tab import Tab


class PapersTab(Tab):
    """Lists papers and inspections; a row opens to its dates."""
