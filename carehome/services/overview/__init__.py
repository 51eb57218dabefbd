"""What the director looks at, and what is reported: figures of many months and sets."""
