"""The demo company: its tables and resumes as they are written down, and what turns them into files of a given day."""
