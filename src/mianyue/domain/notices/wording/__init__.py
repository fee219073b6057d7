"""Opt-in wording by a language model: what it is told, how its sentences get into a letter, and how the finished letter is read back."""
