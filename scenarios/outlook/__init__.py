"""Several years in a row: what each variant of a study comes to, year by year."""
