"""The star rating: item tables, lines and conditions, where the home stands."""
