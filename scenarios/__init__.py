"""Policy variants compared under budget constraints.

The study document, the runner and the comparison stand here; until they do, a batch of scenarios
runs through :func:`transfers.allocate_scenarios`.
"""
