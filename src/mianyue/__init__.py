"""mianyue (面约): interview notices that write, send, book and follow up themselves."""
