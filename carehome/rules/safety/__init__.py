"""What fire safety asks for: pure rules of rounds, hazards and equipment."""
