"""Reading attendance, a file per thing that is read."""
