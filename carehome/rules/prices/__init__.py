"""Price lists and personal prices: their approval, and how two lists differ."""
