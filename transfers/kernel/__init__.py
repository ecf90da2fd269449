"""The division of money: from weights and bounds to one rate, and from entitlements to whole quanta."""
