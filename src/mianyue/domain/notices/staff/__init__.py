"""Letters to the staff about their own requests, rooms and page: facts, words and guard of their own, the outbox of everybody."""
