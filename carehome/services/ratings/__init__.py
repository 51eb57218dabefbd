"""The star rating: item tables, self-assessments, where the home stands, the folder."""
