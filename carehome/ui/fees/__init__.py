"""Fees: payments, receipts, arrears, month end, deposits, price lists."""
