"""Meeting rooms and what they are booked for elsewhere."""
