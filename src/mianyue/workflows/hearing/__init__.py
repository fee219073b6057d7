"""What follows from a candidate's own words: placed, understood, acted upon, asked back or put before a person."""
