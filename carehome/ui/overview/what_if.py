"""The tab of what would be if something were otherwise."""

from carehome.ui.overview.tab import Tab


class WhatIfTab(Tab):
    """The tab of what would be if something were otherwise."""
