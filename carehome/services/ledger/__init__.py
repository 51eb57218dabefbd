"""The ledger as the home's records tell it."""

from carehome.services.ledger.entries import entries_in as entries_in
