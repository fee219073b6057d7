"""Which of a job's keywords a résumé shows, where it shows them, and which three of them may be named."""
