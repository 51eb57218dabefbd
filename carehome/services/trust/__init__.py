"""Trust money: pensions and pocket money that the home keeps for residents."""

from carehome.services.trust.entries import BANK as BANK
from carehome.services.trust.entries import CASH as CASH
from carehome.services.trust.entries import TrustEntry as TrustEntry
from carehome.services.trust.entries import TrustStanding as TrustStanding
from carehome.services.trust.entries import entries_in as entries_in
from carehome.services.trust.entries import kept_in as kept_in
from carehome.services.trust.places import TrustCount as TrustCount
from carehome.services.trust.places import TrustDraw as TrustDraw
from carehome.services.trust.places import TrustPlaces as TrustPlaces
from carehome.services.trust.places import uncounted_in as uncounted_in
from carehome.services.trust.service import TrustMoney as TrustMoney
from carehome.services.trust.till import TrustTill as TrustTill
