"""What waits for a person, with the reason and the facts."""
