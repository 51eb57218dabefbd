"""What the home may claim: grants, reliefs and allowances, judged from its records."""
