"""A policy document, read: names resolved, formulas checked, every rule a value of its own."""

from transfers.policy.policy import Policy, load_policy

__all__ = ["Policy", "load_policy"]
