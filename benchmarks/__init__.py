"""How long one allocation takes, measured against a memory copy and against other ways to do it."""
