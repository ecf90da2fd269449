"""Values that are sought: where a statement holds, and where a measure is best.

Method: section 37.
"""
