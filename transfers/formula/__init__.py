"""The formula language: own grammar, closed library, four readers of one checked tree."""
