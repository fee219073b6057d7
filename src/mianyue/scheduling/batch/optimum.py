"""Solving a batch's integer program with HiGHS: a proven bound from the first second on, and the best plan so far at any time.

Runs are repeatable: one thread, a seed, and nothing but the end of the search depends on the clock.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mianyue.scheduling.batch.program import Program

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the search stands: seconds since it began, the best objective so far and the proven bound, in points."""

    seconds: float
    objective: int
    bound: int


@dataclass(frozen=True, slots=True)
class Solved:
    """The best columns found (None: none within the time), what they gain, and what no plan can exceed, in points."""

    values: tuple[int, ...] | None
    objective: int
    bound: int


Watch = Callable[[Progress], bool]
"""Told of progress several times a second; returns False to stop the search."""


def solve(program: Program, start: Sequence[int] | None, seconds: float, seed: int, watch: Watch) -> Solved:
    """The best plan found within the time, never worse than ``start``, and the proven bound.

    Raises RuntimeError if the program itself is refused, which would be a mistake in building it.
    """
    model = _loaded(program, program.gain, whole=True)
    model.setOptionValue("time_limit", max(0.0, seconds))
    model.setOptionValue("random_seed", seed)
    if start is not None:
        _begin_from(model, start)
    bound = sum(max(0, gain) * most for gain, most in zip(program.gain, program.most, strict=True))

    def look(event: Any) -> None:
        nonlocal bound
        out = event.data_out
        if math.isfinite(out.mip_dual_bound):
            bound = min(bound, _floor(-out.mip_dual_bound))
        objective = round(-out.mip_primal_bound) if math.isfinite(out.mip_primal_bound) else 0
        if not watch(Progress(out.running_time, objective, bound)):
            event.interrupt()

    model.cbMipInterrupt.subscribe(look)
    _run(model)
    info = model.getInfo()
    if math.isfinite(info.mip_dual_bound):
        bound = min(bound, _floor(-info.mip_dual_bound))
    # In HiGHS, a primal solution status of 2 is a feasible point.
    values = tuple(round(value) for value in model.getSolution().col_value) if info.primal_solution_status == 2 else None
    if values is None or (start is not None and _worth(program, values) < _worth(program, start)):
        values = None if start is None else tuple(start)
    return Solved(values, _worth(program, values) if values is not None else 0, bound)


def relaxed(program: Program, gain: Sequence[int], seconds: float) -> int:
    """What no plan can gain more than, by prices for all that is scarce (Lagrangian relaxation).

    Whatever the prices are, the bound holds: a plan gains at most what its rows are worth at these prices, plus what each column
    gains beyond its price. The interior-point method only finds good ones, so neither its tolerance nor its time can make it wrong.
    """
    import numpy as np

    model = _loaded(program, gain, whole=False)
    model.setOptionValue("solver", "ipm")
    model.setOptionValue("run_crossover", "off")
    model.setOptionValue("time_limit", max(0.0, seconds))
    _run(model)
    found = model.getSolution().row_dual
    prices = -np.array(found if len(found) == len(program.rows) else [0.0] * len(program.rows))
    free = np.array([row.exactly for row in program.rows], dtype=bool)
    prices = np.where(free, prices, np.maximum(prices, 0.0))
    spent = np.zeros(len(gain))
    for price, row in zip(prices, program.rows, strict=True):
        if price:
            spent[list(row.columns)] += price * np.array(row.factors)
    beyond = np.maximum(np.array(gain) - spent, 0.0) @ np.array(program.most)
    return _floor(float(prices @ np.array([row.most for row in program.rows]) + beyond))


def _worth(program: Program, values: Sequence[int]) -> int:
    return sum(gain * value for gain, value in zip(program.gain, values, strict=True) if gain)


def _floor(bound: float) -> int:
    """Points are whole, so a bound is one too; what is left of it by rounding in the solver is no reason to lose a point."""
    return math.floor(bound + _TOLERANCE * max(1.0, abs(bound)))


def _loaded(program: Program, gain: Sequence[int], whole: bool) -> Any:
    """The program as HiGHS holds it: minimising, row by row."""
    # Imported here: nobody who finds times for one candidate needs a solver.
    import highspy
    import numpy as np

    count = len(gain)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, len(program.rows)
    lp.col_cost_ = -np.array(gain, dtype=np.double)
    lp.col_lower_ = np.zeros(count)
    lp.col_upper_ = np.array(program.most, dtype=np.double)
    lp.row_lower_ = np.array([row.most if row.exactly else -highspy.kHighsInf for row in program.rows], dtype=np.double)
    lp.row_upper_ = np.array([row.most for row in program.rows], dtype=np.double)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.columns) for row in program.rows)])
    lp.a_matrix_.index_ = np.array([column for row in program.rows for column in row.columns], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([factor for row in program.rows for factor in row.factors], dtype=np.double)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    model: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no annotations
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    if model.passModel(lp) == highspy.HighsStatus.kError:
        raise RuntimeError("the solver does not accept the program")
    return model


def _begin_from(model: Any, start: Sequence[int]) -> None:
    import highspy

    solution = highspy.HighsSolution()
    solution.col_value = [float(value) for value in start]
    model.setSolution(solution)


def _run(model: Any) -> None:
    import highspy

    if model.run() == highspy.HighsStatus.kError:
        raise RuntimeError("the solver could not work on the program")
