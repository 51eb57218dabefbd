"""The roster engine: a problem in, a roster and reasons out."""
