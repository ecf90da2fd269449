"""Many scenarios of one variant: grids, lists, rows of a file, samples; what they come to."""
