"""Variants beside the baseline: who gains, who loses, how much, and where it comes from."""
