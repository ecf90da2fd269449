"""Where small changes matter: slopes, edges and clawback of each figure, reach of each number."""
