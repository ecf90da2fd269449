"""Other ways to the same entitlements, each written as well as a good analyst would.

Everybody gets ``clip(rate * weight, floor, cap)``, with the rate at which that adds up to the
total. The same figures solve a quadratic programme, the weighted projection

    minimise  sum(x**2 / (2 * weight))   subject to   sum(x) = total,  floor <= x <= cap,

whose multiplier of the total is the rate. No linear programme has this solution: what everybody
gets is neither convex nor concave in the rate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from benchmarks.problem import Problem

Floats = NDArray[np.float64]
Runner = Callable[[], Floats]

LIMIT = 60.0
"""Seconds a solver is given."""


class NoAnswer(Exception):
    """A solver gave up, or had no answer within the limit."""


def brentq(task: Problem) -> Runner:
    """Find the rate with ``scipy.optimize.brentq``; every trial is one vectorised sum."""
    root = import_module("scipy.optimize").brentq
    weight, floor, cap, total = task.weight, task.floor, task.cap, float(task.total)

    def run() -> Floats:
        def left_over(rate: float) -> float:
            return float(np.clip(rate * weight, floor, cap).sum()) - total

        rate: float = root(left_over, 0.0, (cap / weight).max())
        return np.clip(rate * weight, floor, cap)

    return run


def brentq_rounded(task: Problem) -> Runner:
    """Do the same, then round by largest remainder in floats, bounds and ties unheeded."""
    rate_found = brentq(task)

    def run() -> Floats:
        entitlements = rate_found()
        amounts = np.floor(entitlements)
        left = task.total - int(amounts.sum())
        amounts[np.argsort(amounts - entitlements, kind="stable")[:left]] += 1
        return amounts

    return run


@dataclass(frozen=True)
class _Projection:
    """The quadratic programme in money per unit of weight, the average being 1.

    In these terms all figures are near 1, which is what solvers like.
    """

    unit: Floats
    curvature: Floats
    low: Floats
    high: Floats
    total: float

    @classmethod
    def of(cls, task: Problem) -> _Projection:
        """Return the programme of a problem."""
        unit = task.weight * (task.total / task.weight.sum())
        weight = task.weight / task.weight.mean()
        return cls(unit, weight, task.floor / unit, task.cap / unit, float(weight.sum()))


def highs(task: Problem) -> Runner:
    """Solve the quadratic programme with HiGHS, an active-set method."""
    highspy = import_module("highspy")
    programme = _Projection.of(task)
    n = task.size
    model = highspy.HighsModel()
    linear, hessian = model.lp_, model.hessian_
    linear.num_col_, linear.num_row_ = n, 1
    linear.col_cost_ = np.zeros(n)
    linear.col_lower_, linear.col_upper_ = programme.low, programme.high
    linear.row_lower_ = linear.row_upper_ = np.array([programme.total])
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = np.array([0, n])
    linear.a_matrix_.index_ = np.arange(n)
    linear.a_matrix_.value_ = programme.curvature
    hessian.dim_ = n
    hessian.format_ = highspy.HessianFormat.kTriangular
    hessian.start_ = np.arange(n + 1)
    hessian.index_ = np.arange(n)
    hessian.value_ = programme.curvature

    def run() -> Floats:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("time_limit", LIMIT)
        solver.setOptionValue("qp_nullspace_limit", n)
        solver.passModel(model)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise NoAnswer
        return np.array(solver.getSolution().col_value) * programme.unit

    return run


def clarabel(task: Problem) -> Runner:
    """Solve the quadratic programme with Clarabel, an interior-point method."""
    solver, sparse = import_module("clarabel"), import_module("scipy.sparse")
    programme = _Projection.of(task)
    n = task.size
    each = sparse.eye(n, format="csc")
    curvature = sparse.diags(programme.curvature, format="csc")
    rows = sparse.vstack([programme.curvature[None, :], -each, each], format="csc")
    bounds = np.concatenate([[programme.total], -programme.low, programme.high])
    cones = [solver.ZeroConeT(1), solver.NonnegativeConeT(2 * n)]

    def run() -> Floats:
        settings = solver.DefaultSettings()
        settings.verbose = False
        settings.time_limit = LIMIT
        found = solver.DefaultSolver(curvature, np.zeros(n), rows, bounds, cones, settings).solve()
        if str(found.status) not in ("Solved", "AlmostSolved"):
            raise NoAnswer
        return np.array(found.x) * programme.unit

    return run


def pandas_loop(task: Problem) -> Runner:
    """Clip both sides, spread the rest over those not clipped, repeat until nobody is.

    Who was clipped once stays there, which is wrong where money taken from those above the cap
    would have lifted somebody off the floor; see the method, section 23.
    """
    pd = import_module("pandas")
    frame = pd.DataFrame({"weight": task.weight, "floor": task.floor, "cap": task.cap})

    def run() -> Floats:
        amount = pd.Series(0.0, index=frame.index)
        free = pd.Series(True, index=frame.index)
        while free.any():
            left = task.total - amount[~free].sum()
            weight = frame.weight[free]
            amount[free] = left * weight / weight.sum()
            outside = free & ((amount < frame.floor) | (amount > frame.cap))
            if not outside.any():
                break
            amount = amount.clip(frame.floor, frame.cap)
            free &= ~outside
        return np.asarray(amount)

    return run


PEERS: dict[str, tuple[Callable[[Problem], Runner], str]] = {
    "brentq": (brentq, "scipy"),
    "brentq_rounded": (brentq_rounded, "scipy"),
    "highs": (highs, "highspy"),
    "clarabel": (clarabel, "clarabel"),
    "pandas_loop": (pandas_loop, "pandas"),
}
"""Every peer with the package it needs."""


def installed(name: str) -> bool:
    """Tell whether the package a peer needs is there."""
    return find_spec(PEERS[name][1]) is not None
