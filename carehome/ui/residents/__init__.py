"""The residents: everybody in a list, and the file of each."""

from carehome.ui.residents.file import NO_LEAVES, Leaves
from carehome.ui.residents.listing import Listing

__all__ = ["NO_LEAVES", "Leaves", "Listing"]
