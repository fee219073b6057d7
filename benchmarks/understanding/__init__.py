"""How well the product understands text, on sentences written by another hand than its rules."""
