"""Numbers whose error is known: exact decimals, bounded floats, exact rationals."""
