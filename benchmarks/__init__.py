"""Measurements, each beside its floor or peer in the same run. ``make bench`` prints the tables and writes JSON to benchmarks/results."""
