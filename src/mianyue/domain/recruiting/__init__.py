"""Jobs and their rounds, candidates, résumés, applications and what became of them."""
