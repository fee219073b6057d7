"""What a résumé says: its text, who wrote it, and what in it must never reach a notice."""
