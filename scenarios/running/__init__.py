"""Many scenarios of one setting: cut into blocks, run somewhere, handed on in their order.

:mod:`source` says what the scenarios are, :mod:`chunk` what comes of a block of them, and
:mod:`runner` has the blocks run: in this process, in a pool of processes, on a cluster.
"""
