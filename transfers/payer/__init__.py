"""The payer's side of a run: its reserves, what is drawn and returned, and the balance of all."""
