"""Parts that several screens use and that know the home."""
