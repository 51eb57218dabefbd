"""Papers and workbooks made from plain values; no database, no screen."""
