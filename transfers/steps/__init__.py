"""The steps of a division of money, in the order of section 3 of the method.

A step takes figures and masks, knows nothing of documents, and imports no other step; the order
is laid down in :mod:`transfers.dividing`.
"""
