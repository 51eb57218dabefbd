"""What law, standard and settings compute: pure functions over plain values."""
