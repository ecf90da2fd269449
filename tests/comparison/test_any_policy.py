"""Whatever the policy: decompositions add up, and every view can be made."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
import transfers
from scenarios import Comparison
from scenarios.comparison.files import write_report
from scenarios.comparison.report import SECTIONS, report
from scenarios.comparison.terminal import comparison_view
from tests.reference.random_documents import random_document, random_moves
from transfers.arithmetic.decimals import decimal_places


def comparison(seed: int, folder: Path) -> Comparison | None:
    """Return two variants that move up to three numbers of a random policy; None where refused."""
    file = Path(random_document(seed).write(folder))
    lines = []
    try:
        policy = transfers.load_policy(file)
        paths = [".".join(map(str, path)) for path in policy.numbers]
        for number, moves in enumerate(random_moves(seed, paths, 2)):
            kept = {p: v for p, v in moves.items() if decimal_places(Fraction(v)) is not None}
            sets = [f'      {path}: "{decimal(v)}"' for path, v in list(kept.items())[:3]]
            lines += [f"  v{number}:", *(["    set:", *sets] if sets else ["    title: none"])]
        study = folder / "study.yaml"
        text = "\n".join((f"study: s\npolicy: {file.name}\nvariants:", *lines))
        study.write_text(text + "\n", "utf-8")
        return scenarios.compare(scenarios.run(scenarios.load_study(study)))
    except transfers.TransfersError:
        return None


def decimal(figure: Fraction) -> str:
    places = decimal_places(figure) or 0
    return format(Decimal(int(figure * 10**places)).scaleb(-places), "f")


@pytest.mark.parametrize("seed", range(40))
def test_parts_add_up_whatever_the_policy(seed: int, tmp_path: Path) -> None:
    found = comparison(seed, tmp_path)
    if found is None:
        return
    told = report(found, list(SECTIONS))
    for breakdowns in told.breakdowns.values():
        for breakdown in breakdowns:
            if breakdown.lacking:
                continue
            columns = [part.column.fractions() for part in breakdown.parts]
            for change, *parts in zip(breakdown.changes, *columns, strict=True):
                assert sum(parts, Fraction(0)) == change
    for language in ("zh", "en"):
        assert comparison_view(told, language)
    if seed % 8 == 0:
        for ending in ("xlsx", "md", "json", "csv"):
            write_report(told, str(tmp_path / f"o.{ending}"), "zh")
