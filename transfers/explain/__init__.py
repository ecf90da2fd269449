"""Why a district gets what it gets: numbered lines, exact parts, one sentence for a leader."""

from transfers.explain.explanation import Explanation
from transfers.explain.line import Line
from transfers.explain.story import explain

__all__ = ["Explanation", "Line", "explain"]
