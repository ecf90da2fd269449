"""The search for tables that break a promise, best first, and what makes them small."""
