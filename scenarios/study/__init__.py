"""The study document: which variants are compared, and which questions are asked of them."""
