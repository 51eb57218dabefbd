"""What people do for fire safety: rounds, hazards, equipment, drills, papers."""
