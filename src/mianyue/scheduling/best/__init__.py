"""The best few of the possible times of one need, by how likely one of them is accepted and what they cost others."""
