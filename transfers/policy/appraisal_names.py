"""The names that an appraisal defines: formulas of the document, and what is made of them.

A formula of the document is a quantity of its own, so that a fault points at its key; what is made
of quantities is written as the text of a formula, as a person would write it.
"""

from __future__ import annotations

from collections.abc import KeysView
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from transfers.documents.model_appraisals import SECTION, Appraisal
from transfers.errors import Fault, Place
from transfers.formula.nodes import Type
from transfers.formula.scope import Symbol
from transfers.messages import Phrase
from transfers.policy.appraisal_lists import Tree
from transfers.policy.checked import in_type
from transfers.policy.derived import Deriver
from transfers.policy.rules import Formula, Path
from transfers.units import BARE, PURE

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

RELATIVE: Final = ("range", "zscore")
"""Methods whose scores are relative to the other districts."""

NO_CAP: Final = "none"


class NameWriter(Struct, eq=False):
    """Defines the names of one appraisal."""

    compiler: Compiler
    name: str
    entry: Appraisal
    tree: Tree
    deriver: Deriver

    def _n(self, part: str) -> str:
        return self.deriver.name(part)

    @property
    def parts(self) -> KeysView[str]:
        """What was defined so far."""
        return self.deriver.rules.keys()

    @property
    def _items(self) -> str:
        return self.tree.items.name

    # -- what the document gives -----------------------------------------------------------------

    def _given(self) -> bool:
        """Define what stands in the document itself; tell whether all of it is sound."""
        before, entry = len(self.compiler.faults), self.entry
        self._user("observed", "observed", districts="all")
        self._user("last", "last.observed", districts="all")
        for key in ("target", "satisfactory", "unacceptable"):
            self._user(key, key)
        if self._written("cap") and entry.cap.strip().lower() != NO_CAP:
            self._user("cap", "cap")
        self._user("for_districts", "counts", kind="boolean")
        self._user("whole", "whole.observed", districts="none")
        self._user("weights", "weights", districts="all", items=False)
        self._user("urban", "urban.observed", districts="all")
        self._user("rural", "rural.observed", districts="all")
        self._needed()
        return len(self.compiler.faults) == before

    def _written(self, key: str) -> bool:
        below = self.compiler.document.text_at((SECTION, self.name))
        return isinstance(below, dict) and below.get(key) is not None

    def _user(
        self,
        key: str,
        part: str,
        *,
        kind: str = "number",
        districts: Literal["all", "none", ""] = "",
        items: bool = True,
    ) -> None:
        """Define a formula of the document; what it has figures for must fit.

        Parameters
        ----------
        districts : "all", "none" or ""
            Whether it must have a figure for each district, must not, or may.
        items : bool
            Whether it may have one for each indicator; what has one for each district must then.
        """
        text = getattr(self.entry, key)
        if text is None:
            return
        compiler, path = self.compiler, (SECTION, self.name, key)
        column = text.strip()
        if column in self.tree.items.columns and compiler.scope.find(column) is None:
            text = f"{self._items}.{column}"
        formula = compiler.of_kind(compiler.formula(text, path, items_allowed=True), kind)
        if formula is None:
            return
        of = formula.node.type
        whole_axis = districts == "all" and items
        fits = of.over in ("", self._items) if items else not of.over
        fits = fits and not (whole_axis and of.over != self._items)
        if of.kind != "nothing" and (
            not fits
            or (districts == "all" and not of.per_district)
            or (districts == "none" and of.per_district)
        ):
            words = {"key": key, "list": self._items}
            place = compiler.document.value_place(formula.path)
            shape = f"shape_{districts or 'any'}" if items else "shape_districts"
            compiler.faults.append(Fault(f"appraisals.{shape}", place, words))
            return
        self._define(part, formula)

    def _needed(self) -> None:
        """Tell which figures the methods need and the document does not give."""
        method = self.tree.method
        wanted = {
            "target": method.has("target", "attainment"),
            "satisfactory": method.has("efficacy"),
        }
        for key, needed in wanted.items():
            if needed and getattr(self.entry, key) is None:
                absent = (key,) if key == "target" else ("satisfactory", "unacceptable")
                used = tuple(word for word in method.words if word not in RELATIVE)
                self._fault("figures_wanted", absent=absent, methods=used)
        whole_by_district = [
            key
            for key in ("target", "satisfactory", "unacceptable", "cap")
            if key in self.parts and self._type(key).per_district
        ]
        if "whole.observed" in self.parts and whole_by_district:
            self._fault("whole_by_district", "whole", keys=tuple(whole_by_district))

    def _fault(self, code: str, key: str = "", /, **words: object) -> None:
        path: Path = (SECTION, self.name, key) if key else (SECTION, self.name)
        place = self.compiler.document.place(*self.compiler.literal(path))
        self.compiler.faults.append(Fault(f"appraisals.{code}", place, words))

    # -- defining --------------------------------------------------------------------------------

    def _type(self, part: str) -> Type:
        symbol = self.compiler.scope.find(self._n(part))
        assert symbol is not None
        return symbol.type

    def _define(self, part: str, formula: Formula) -> None:
        words = {"title": self.entry.title or self.name}
        code = f"appraisals.of_{part.replace('.', '_')}"
        self.deriver.define(part, formula, Phrase(code, words))

    def _derive(self, part: str, text: str, *, ratio: bool = False) -> None:
        """Define what is made of other names; where units do not fit, say so of the entry.

        Parameters
        ----------
        ratio : bool
            It is shown in per cent, unless all scores are z-scores.
        """
        compiler = self.compiler
        before = len(compiler.faults)
        formula = checked = compiler.formula(text, (SECTION, self.name), items_allowed=True)
        if formula is not None and ratio and not self.tree.method.only("zscore"):
            formula = compiler.as_declared(formula, compiler.unit("%"))
        told = compiler.faults[before:]
        del compiler.faults[before:]
        if formula is None or checked is None or told:
            why = Phrase(told[0].code, told[0].values)
            self._fault("figures_differ", formula=text, why=why)
            self.compiler.define(Symbol(self._n(part), faulty=True))
            return
        if ratio:
            unit = PURE if self.tree.method.only("zscore") else compiler.unit("%")
            kind = formula.node.type.in_unit(unit)
            formula = replace(formula, node=in_type(checked.node, formula.node, kind))
        self._define(part, formula)

    def _number(self, part: str, value: Fraction, *path: str | int, ratio: bool = True) -> str:
        """Return the name of a number of the entry that scenarios can move."""
        at = (SECTION, self.name, *path)
        percent = str(self.compiler.document.text_at(at)).endswith("%")
        number = self.compiler.number_at(value, at, PURE if ratio and not percent else BARE)
        place: Place = self.compiler.document.place(*at)
        name = self._n(part)
        self.compiler.define(Symbol(name, number.type, place, number=number))
        return name
