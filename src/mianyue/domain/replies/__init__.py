"""What candidates say in their own words, what was understood of it, and what became of it."""
