"""Scheduling, measured: right first, then fast, each figure beside a peer or a floor of the same run."""
