"""What leaves the house: tables for the terminal, data files for programs."""
