"""Mail as it comes in: raw bytes become the sender's own words and what the mail says of itself."""
