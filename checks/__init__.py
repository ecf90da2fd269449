"""checks: the promises of a policy, held against tables until one breaks them."""
