"""How the home does: the director's charts, reports, claims, and what if."""
