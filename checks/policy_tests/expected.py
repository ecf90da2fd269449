"""What a test expects, held against the policy: every name has to be one that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from checks.policy_tests.figures import wanted_instead
from checks.policy_tests.model import Example
from checks.policy_tests.prepared import Case
from transfers import Districts, Fault, Place, Policy, messages
from transfers.documents.faults import nearest
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.policy.rules import DivisionRule, QuantityRule

_MOST_LISTED = 10
_MOST_COMPARED = 5_000
TOTAL = "total"


def district_numbers(districts: Districts) -> dict[str, int | None]:
    """Return the number of each key and each name; None for a name that several have."""
    found: dict[str, int | None] = {}
    for number, name in enumerate(districts.names):
        found[name] = None if name in found else number
    found.update((key, number) for number, key in enumerate(districts.keys))
    return found


def columns_of_amounts(policy: Policy) -> tuple[str, ...]:
    """Return what has amounts in whole quanta: grants, outputs that divide, the total."""
    outputs = (rule.name for rule in policy.outputs if isinstance(rule, DivisionRule))
    return (*(rule.name for rule in policy.grants), *outputs, TOTAL)


def columns_of_figures(policy: Policy) -> tuple[str, ...]:
    """Return every name that has a figure for each district, or one for all."""
    single = {rule.name for rule in policy.statements if isinstance(rule, QuantityRule)}
    single |= {f"{s.name}.rate" for s in policy.statements if isinstance(s, DivisionRule)}
    return tuple(
        name
        for name, symbol in policy.scope.symbols.items()
        if not symbol.type.over and (symbol.type.per_district or name in single)
    )


def expected_faults(source: Source, at: Path, test: Example, case: Case) -> Iterator[Fault]:
    """Yield what is wrong with the names and the sums that a test expects.

    Parameters
    ----------
    source : Source
        The test document.
    at : tuple of str
        Path of the test in it.
    test : Example
    case : Case
        What it is run on. Where districts could not be read, their names are not checked.
    """
    checking = _Checking(source, (*at, "expect"), case)
    yield from checking.columns("amounts", test.expect.amounts or {})
    yield from checking.sums(test)
    yield from checking.columns("figures", test.expect.figures or {})
    yield from checking.texts(test)
    yield from checking.rules(test)
    yield from checking.codes(test.expect.findings or ())


class _Checking:
    """One test's expectations being checked."""

    def __init__(self, source: Source, at: Path, case: Case) -> None:
        self.source, self.at, self.policy = source, at, case.policy
        districts = case.districts
        self.districts = None if districts is None else district_numbers(districts)
        self.keys = () if districts is None else districts.keys

    def columns(self, key: str, columns: Mapping[str, Mapping[str, object]]) -> Iterator[Fault]:
        """Yield columns and districts that are not there."""
        districts = self.districts
        amounts, figures = columns_of_amounts(self.policy), columns_of_figures(self.policy)
        known = amounts if key == "amounts" else figures
        for name, cells in columns.items():
            place = self.source.place((*self.at, key, name))
            if name not in known:
                what = "grant" if key == "amounts" else "figure"
                code = f"policy_tests.unknown_{what}"
                if key == "amounts" and name in figures:
                    code = "policy_tests.figure_as_amount"
                yield _unknown(code, name, known, place)
            for district in cells:
                if districts is not None and districts.get(district) is None:
                    place = self.source.place((*self.at, key, name, district))
                    yield self._unknown_district(district, districts, place)

    def _unknown_district(
        self, district: str, known: Mapping[str, int | None], place: Place
    ) -> Fault:
        """Say that what is expected for a district is for none, or for several."""
        if district in known:
            words: dict[str, object] = {"district": shown(district)}
            return Fault("policy_tests.name_of_several", place, words)
        begins = [name for name in known if name.startswith(district)]
        near = begins[0] if len(begins) == 1 else nearest(district, islice(known, _MOST_COMPARED))
        if near is not None:
            words = {"name": shown(district), "near": near}
            return Fault("policy_tests.unknown_district_near", place, words)
        return _unknown("policy_tests.unknown_district", district, self.keys, place)

    def sums(self, test: Example) -> Iterator[Fault]:
        """Yield amounts that nobody can be paid."""
        money = self.policy.money
        for name, cells in (test.expect.amounts or {}).items():
            for district, amount in cells.items():
                if money.to_quanta(amount).denominator != 1:
                    place = self.source.value_place((*self.at, "amounts", name, district))
                    text = self.source.data
                    for step in (*self.at, "amounts", name, district):
                        text = text[step]
                    quantum = money.format_for_people(1)
                    words = {"amount": shown(text), "quantum": quantum, "unit": money.unit}
                    yield Fault("policy_tests.not_payable", place, words)

    def texts(self, test: Example) -> Iterator[Fault]:
        """Yield figures that could never be met, for they are of another kind."""
        for name, cells in (test.expect.figures or {}).items():
            symbol = self.policy.scope.symbols.get(name)
            if symbol is None:
                continue  # which is told
            for district, text in cells.items():
                what = wanted_instead(text, symbol.type, self.policy.money_unit)
                if what is not None:
                    place = self.source.value_place((*self.at, "figures", name, district))
                    words = {"text": shown(text), "name": name, "what": what}
                    yield Fault("policy_tests.not_a_figure", place, words)

    def rules(self, test: Example) -> Iterator[Fault]:
        """Yield rules that the policy has not."""
        known = [r.name for r in self.policy.rules if r.name not in test.expect.statements]
        for name in test.expect.rules or ():
            if name not in known:
                place = self.source.place((*self.at, "rules", name))
                yield _unknown("policy_tests.unknown_rule", name, known, place)

    def codes(self, codes: Iterable[str]) -> Iterator[Fault]:
        """Yield codes of findings that nothing has."""
        for number, code in enumerate(codes):
            place = self.source.value_place((*self.at, "findings", number))
            yield from unknown_code(code, place)


def unknown_code(code: str, place: Place) -> Iterator[Fault]:
    """Yield a fault where no text has a code."""
    try:
        known = messages.family(code.partition(".")[0])
    except (ImportError, ValueError):
        known = {**messages.family("allocation"), **messages.family("rules")}
    if code not in known:
        yield _unknown("policy_tests.unknown_code", code, known, place)


def _unknown(code: str, name: str, known: Iterable[str], place: Place) -> Fault:
    """Say that a name is not there, with the nearest that is, else with some of them."""
    known = tuple(known)
    words: dict[str, object] = {"name": shown(name)}
    if code == "policy_tests.figure_as_amount":
        return Fault(code, place, words)
    near = nearest(name, known)
    if near is not None:
        return Fault(f"{code}_near", place, {**words, "near": near})
    listed = (*known[:_MOST_LISTED], *["…"] * (len(known) > _MOST_LISTED))
    return Fault(code, place, {**words, "known": listed or ("—",)})
