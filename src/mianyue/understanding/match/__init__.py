"""How well a résumé meets a job's requirements, with the evidence for each: help for the order of inviting, never a rejection."""
