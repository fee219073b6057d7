"""Times for many needs at once, without promising any moment twice."""
