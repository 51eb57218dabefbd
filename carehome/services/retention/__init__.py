"""How long papers are kept, and how they are destroyed when their time is over."""

from carehome.services.retention.due import DuePaper, DueResident
from carehome.services.retention.service import Destruction, Retention

__all__ = ["Destruction", "DuePaper", "DueResident", "Retention"]
