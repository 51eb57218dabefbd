"""The people who work in the home: their files, certificates, leave and allowances."""

from carehome.services.staff.people import LeftBeforeHired, StaffMember
from carehome.services.staff.service import Staff

__all__ = ["LeftBeforeHired", "Staff", "StaffMember"]
