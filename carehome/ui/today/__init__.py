"""The page that opens first: how the day stands and what it asks for."""
