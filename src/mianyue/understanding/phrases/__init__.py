"""Free phrases: what is nearly the same thing in other words or another language."""
