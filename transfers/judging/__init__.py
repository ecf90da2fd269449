"""Rules about the outcome: whether an allocation keeps them, where it does not, and by how much.

Method: section 28.
"""

from transfers.judging.judge import Judgement, judge
from transfers.judging.judged import Judged, RuleStatus
from transfers.judging.margins import SIGNS, Margin
from transfers.judging.results import (
    Breach,
    RuleResult,
    rule_findings,
    told,
    worst_margin,
)

__all__ = [
    "SIGNS",
    "Breach",
    "Judged",
    "Judgement",
    "Margin",
    "RuleResult",
    "RuleStatus",
    "judge",
    "rule_findings",
    "told",
    "worst_margin",
]
