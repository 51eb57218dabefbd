"""Reading a resident roll: the file, its columns, its faults, what the home lacks."""
