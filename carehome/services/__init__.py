"""What a person can do. One method is one deed, one transaction, one right."""
