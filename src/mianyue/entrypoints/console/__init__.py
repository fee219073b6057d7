"""The recruiter's console: Django admin in unfold's clothes; every button calls a workflow."""
