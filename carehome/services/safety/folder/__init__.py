"""The inspector's folder: what each part of fire safety has to show for a span."""

from carehome.services.safety.folder.service import Folders
from carehome.services.safety.folder.values import SECTION_NAMES, Section, Wanted

__all__ = ["SECTION_NAMES", "Folders", "Section", "Wanted"]
