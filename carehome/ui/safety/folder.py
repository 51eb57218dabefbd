"""The tab of the inspector's folder: everything of a period in one file."""

from carehome.ui.safety.tab import Tab


class FolderTab(Tab):
    """Asks for a period, and writes its folder."""
