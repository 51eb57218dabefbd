"""Screens of fire safety: rounds, hazards, equipment, drills, papers, forms, folder."""
