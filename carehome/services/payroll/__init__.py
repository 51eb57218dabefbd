"""The hours of a month for the payroll."""

from carehome.services.payroll.service import Payroll
from carehome.services.payroll.values import PaidLine, PayrollMonth

__all__ = ["PaidLine", "Payroll", "PayrollMonth"]
