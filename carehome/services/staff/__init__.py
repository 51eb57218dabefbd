"""The people who work in the home: their files, certificates, leave and allowances."""

from carehome.rules.staff import LeftBeforeHired
from carehome.services.staff.allowances import Allowances
from carehome.services.staff.lists import StaffLists
from carehome.services.staff.pay import Pay
from carehome.services.staff.people import StaffMember
from carehome.services.staff.rolls import StaffRolls
from carehome.services.staff.service import Staff
from carehome.services.staff.trainings import Trainings

__all__ = [
    "Allowances",
    "LeftBeforeHired",
    "Pay",
    "Staff",
    "StaffLists",
    "StaffMember",
    "StaffRolls",
    "Trainings",
]
