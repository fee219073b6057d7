"""Plans for many applications at once: how the search stands, and what it found."""
