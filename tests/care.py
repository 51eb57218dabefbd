"""The services about people and money as one hand, for tests of screens."""

from carehome.db.database import Database
from carehome.rules.rights import Role
from carehome.services.admissions import Admissions
from carehome.services.agreements import Agreements
from carehome.services.beds import Beds
from carehome.services.billing import Billing
from carehome.services.change_log import ChangeLog
from carehome.services.consequences import Consequences
from carehome.services.day_sheets import DaySheets
from carehome.services.departures import Departures
from carehome.services.deposits import Deposits
from carehome.services.entitlements import Entitlements
from carehome.services.grades import Grades
from carehome.services.home import Home
from carehome.services.late_facts import LateFacts
from carehome.services.papers import Papers
from carehome.services.payers import Payers
from carehome.services.payments import Payments
from carehome.services.prices import OwnPrices, Prices
from carehome.services.receipts import Receipts
from carehome.services.residents import Residents
from carehome.services.retention import Retention
from carehome.services.risks import Risks
from carehome.services.service import Clock
from carehome.services.trust import TrustMoney
from carehome.ui.parts.care import CareServices
from carehome.ui.parts.money import MoneyServices
from tests.conftest import ROLES


def care(db: Database, clock: Clock, role: Role = Role.DIRECTOR) -> CareServices:
    """Return what somebody of a role can do with residents."""
    kinds = (
        *(Residents, Admissions, Beds, Consequences, ChangeLog, Home),
        *(Agreements, Retention, Departures, Grades, Entitlements, Risks),
    )
    return CareServices(*(kind(db, ROLES[role], clock) for kind in kinds))


def money(db: Database, clock: Clock, role: Role = Role.DIRECTOR) -> MoneyServices:
    """Return what somebody of a role can do with money."""
    kinds = (
        *(Billing, Payments, Receipts, Deposits, Prices),
        *(Papers, Residents, Home, Payers, OwnPrices, Consequences),
        *(DaySheets, LateFacts, TrustMoney),
    )
    return MoneyServices(*(kind(db, ROLES[role], clock) for kind in kinds))
