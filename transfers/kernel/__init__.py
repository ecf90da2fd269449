"""The division of money: weights and bounds to one rate, entitlements to whole quanta."""
