"""The ledger: every deed about money as balanced entries, derived and never stored."""
