"""Shared words of every storey: interval, clock, ids, errors. Standard library only."""
