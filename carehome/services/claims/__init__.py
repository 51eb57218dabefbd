"""What the home may claim, judged from its own records."""

from carehome.services.claims.facts import facts_in, star_in
from carehome.services.claims.service import Answer, Claims, Hidden, Line, Listing

__all__ = [
    "Answer",
    "Claims",
    "Hidden",
    "Line",
    "Listing",
    "facts_in",
    "star_in",
]
