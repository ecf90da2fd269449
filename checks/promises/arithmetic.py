"""The promises of arithmetic, in the order in which they are told."""

from __future__ import annotations

from typing import Final

from checks.promises.columns import IRRELEVANCE, UNIT_OF_A_FACTOR
from checks.promises.honesty import FEASIBILITY_HONESTY
from checks.promises.limits import BOUNDS, NON_NEGATIVITY, QUOTA
from checks.promises.machine import BATCH_SINGLE, DECOMPOSITION, DETERMINISM, SCENARIO_NULL
from checks.promises.order import RELABELLING, ROW_ORDER
from checks.promises.sums import BALANCE, EARMARKS
from checks.promises.years import YEAR_CHAINING
from checks.trial import Promise

ARITHMETIC: Final[tuple[Promise, ...]] = (
    *(BALANCE, NON_NEGATIVITY, BOUNDS, FEASIBILITY_HONESTY, ROW_ORDER, RELABELLING),
    *(UNIT_OF_A_FACTOR, EARMARKS, QUOTA, IRRELEVANCE, DECOMPOSITION, DETERMINISM),
    *(BATCH_SINGLE, SCENARIO_NULL, YEAR_CHAINING),
)
