"""Lists of services: what each item costs in each district, and which level bears how much of it.

An entry is a clause that defines quantities by formulas of the document: ``costs.cost`` is
``costs.price * costs.recipients``. Whoever reads rules reads these, and knows nothing of lists of
services.

Method: sentence 42.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.documents.model_appraisals import SECTION as APPRAISALS
from transfers.documents.model_services import COLUMNS, WANTED
from transfers.documents.rules_services import SECTION, is_rest
from transfers.formula.grammar import FormulaFault
from transfers.formula.nodes import Name
from transfers.formula.scope import ItemList, Symbol
from transfers.messages import Phrase
from transfers.policy.derived import Deriver
from transfers.policy.rules import Formula, Path
from transfers.policy.service_dates import Validity, dated_column, with_dates
from transfers.policy.service_names import APPRAISED, VALID, fields_of, title_of, wanted_names
from transfers.policy.service_rule import ServiceListRule
from transfers.units import PURE, describe

if TYPE_CHECKING:
    from transfers.documents.model_services import ServiceList
    from transfers.errors import Place
    from transfers.policy.compile import Compiler


def service_lists(compiler: Compiler) -> None:
    """Check the lists of services, and define their names."""

    def read(name: str) -> None:
        _Reader(compiler, name, compiler.document.model.service_lists[name]).read()

    compiler.each(dict(compiler.document.model.service_lists), read)


def fields_below(compiler: Compiler) -> dict[str, Place]:
    """Return the names that the section will define, with the place from which on they are known.

    For those who use them above it.
    """
    found = {}
    for name, entry in compiler.document.model.service_lists.items():
        for field in fields_of(entry):
            found[f"{name}.{field}"] = compiler.document.place(SECTION, name)
    for name in compiler.document.model.appraisals:
        for field in APPRAISED:
            found[f"{name}.{field}"] = compiler.document.place(APPRAISALS, name)
    return found


class _Reader:
    """Reads one list of services."""

    def __init__(self, compiler: Compiler, name: str, entry: ServiceList) -> None:
        self.compiler, self.name, self.entry = compiler, name, entry
        self.path: Path = (SECTION, name)
        self.title = entry.title or name
        self.deriver = Deriver(compiler, name, entry.source)
        self.same: dict[str, str] = {}
        self.shares: dict[str, str] = {}
        self.levels: tuple[str, ...] = tuple(entry.responsibility)
        self.valid = tuple(key for key in VALID if getattr(entry, key) is not None)
        self.dates: dict[str, str] = {}
        self.months = entry.part_year == "months" and bool(self.valid)

    def read(self) -> None:
        """Define all names, or, where something is wrong, the name as one that is faulty."""
        compiler, faults = self.compiler, len(self.compiler.faults)
        items = compiler.scope.lists.get(self.entry.list)
        if items is None or not self._read(items) or len(compiler.faults) > faults:
            compiler.define(Symbol(self.name, faulty=True))
            return
        items = compiler.scope.lists[self.entry.list]
        place = compiler.document.place(*self.path)
        compiler.define(Symbol(self.name, place=place, fields=fields_of(self.entry)))
        compiler.service_lists.append(self._rule(items))

    def _rule(self, items: ItemList) -> ServiceListRule:
        entry = self.entry
        named = {key: getattr(entry, key) for key in COLUMNS if getattr(entry, key) is not None}
        there = {*named, *(["responsibility"] if self.levels else [])}
        wanted = entry.requires or tuple(key for key in WANTED if key in there)
        blanks = {"responsibility": self._needed("share."), "price": self._needed("price")}
        return ServiceListRule(
            self.name,
            self.title,
            self.path,
            items.name,
            named,
            self.levels,
            tuple(wanted),
            entry.price is not None,
            entry.price is not None and entry.last is not None,
            blanks,
            self.valid,
            self.dates,
            self.months and entry.price is not None,
            entry.agencies or "",
            entry.items,
            entry.areas,
        )

    def _needed(self, field: str) -> tuple[str, ...]:
        """Return the columns of the list without which formulas have no figure."""
        found: dict[str, None] = {}
        for figure, rule in self.deriver.rules.items():
            if figure.startswith(field):
                for name in wanted_names(rule.formula.node):
                    of, _, column = name.partition(".")
                    if of == self.entry.list and column != "key":
                        found[column] = None
        return tuple(found)

    def _read(self, items: ItemList) -> bool:
        """Read the keys in the order in which names rest on each other; tell whether all did."""
        self._check_columns(items)
        entry, scope = self.entry, self.compiler.scope
        if (entry.price is None) != (entry.recipients is None):
            return False  # told by the rules between keys, as what follows
        if entry.agencies and entry.agencies not in scope.lists:
            return False
        if self.valid and scope.find("year") is None:
            return False
        if not self._valid(items):
            return False
        if self.entry.price is not None and not self._costs(items.name):
            return False
        shared = not self.levels or self._shares()
        last = self.entry.last is None or self._last()
        return shared and last

    def _check_columns(self, items: ItemList) -> None:
        for key in COLUMNS:
            column = getattr(self.entry, key)
            if column is None:
                continue
            wanted = "boolean" if key == "bought" else "text"
            words: dict[str, object] = {"list": items.name, "column": column}
            if column not in items.columns:
                known = ", ".join(name for name in items.columns if "." not in name) or "—"
                self._fault("formula.service_column", key, **words, known=known)
            elif items.columns[column].kind != wanted:
                self._fault(f"formula.service_column_{wanted}", key, **words)

    def _fault(self, code: str, *keys: str, **words: object) -> None:
        place = (*self.path, *keys)
        self.compiler.formula_fault(FormulaFault(code, 0, **words), self.compiler.literal(place))

    # -- names ---------------------------------------------------------------------------------

    def _own(self, field: str, text: str, *keys: str) -> Formula | None:
        """Check a formula that the document writes; it has a name of its own."""
        compiler = self.compiler
        formula = compiler.formula(text, (*self.path, *keys), items_allowed=True)
        formula = compiler.of_kind(formula, "number")
        over = formula.node.type.over if formula is not None else ""
        if over and over != self.entry.list:
            words = {"list": self.entry.list, "other": over}
            self._fault("formula.service_other_list", *keys, **words)
            return None
        if formula is not None:
            self._define(field, formula)
            if isinstance(formula.node, Name):
                self.same[field] = formula.node.name
        return formula

    def _made(self, field: str, text: str, *keys: str) -> Formula | None:
        """Define a name by other names of the list."""
        formula = self.compiler.formula(text, (*self.path, *keys), items_allowed=True)
        if formula is not None:
            self._define(field, formula)
        return formula

    def _define(self, field: str, formula: Formula) -> None:
        self.deriver.define(field, formula, title_of(self.title, field, self.levels))

    def _x(self, field: str) -> str:
        """Return the name of a figure; of one that is another by another name, that."""
        return self.same.get(field, self.deriver.name(field))

    # -- in force, costs -----------------------------------------------------------------------

    def _valid(self, items: ItemList) -> bool:
        """Define when an item is in force: always, if nothing is said."""
        whole = True
        for key in self.valid:
            text = getattr(self.entry, key)
            column = dated_column(items, text)
            if column:
                dated = with_dates(self.compiler, items, column)
                if dated is None:
                    whole = False
                    continue
                items, self.dates[key] = dated, column
                text = f"{items.name}.{column}.year"
            whole = self._own(key, text, key) is not None and whole
        if not whole:
            return False
        text = self._validity().in_force("year") or f"not missing({items.name}.key)"
        found = [self._made("in_force", text, *self.valid[:1])]
        if self.months and self.entry.price is not None:
            text = f"if({self._x('in_force')}, {self._validity().months('year')}, 0)"
            found.append(self._made("months", text, "part_year"))
        return None not in found

    def _validity(self) -> Validity:
        names = {key: self._x(key) for key in self.valid}
        months = {key: f"{self.entry.list}.{of}.month" for key, of in self.dates.items()}
        return Validity(names, months)

    def _served(self, field: str, months: str) -> str:
        """Return recipients, of items in force for part of a year by twelfths."""
        return f"({self._x(field)} * {self._x(months)} / 12)" if self.months else self._x(field)

    def _where(self, condition: str, text: str) -> str:
        """Return what holds for items in force, and 0 for others."""
        return f"if({condition}, {text}, 0)" if self.valid else text

    def _costs(self, items: str) -> bool:
        entry = self.entry
        price = self._own("price", entry.price or "", "price")
        recipients = self._own("recipients", entry.recipients or "", "recipients")
        if price is None or recipients is None:
            return False
        product = f"{self._x('price')} * {self._x('recipients')}"
        text = f"{self._x('price')} * {self._served('recipients', 'months')}"
        cost = self._money(product, self._where(self._x("in_force"), text), (price, recipients))
        if cost is None:
            return False
        kind = cost.node.type
        if not (kind.over and kind.per_district):
            code = "formula.service_no_district" if kind.over else "formula.service_no_item"
            self._fault(code, "recipients", list=items)
            return False
        self._define("cost", cost)
        return self._made("total", f"sum({self._x('cost')}, over={items})") is not None

    def _money(
        self, product: str, text: str, factors: tuple[Formula, Formula], *keys: str
    ) -> Formula | None:
        """Return price times recipients; a fault at the price where that is no money."""
        compiler, path = self.compiler, (*self.path, *keys, "price")
        found = compiler.formula(product, path, items_allowed=True)
        if found is None:
            return None
        money = compiler.money
        if found.node.type.unit.bare or not found.node.type.unit.same_kind(money):
            none = Phrase("formula.plain_number")
            price, people = (describe(f.node.type.unit, money) or none for f in factors)
            words = {"price": price, "recipients": people, "money": describe(money, money)}
            self._fault("formula.service_not_money", *keys, "price", **words)
            return None
        return compiler.converted(compiler.formula(text, path, items_allowed=True), money)

    # -- levels --------------------------------------------------------------------------------

    def _shares(self) -> bool:
        """Define what each level bears: `rest` is what the others leave."""
        texts = self.entry.responsibility
        given = [level for level in self.levels if not is_rest(texts[level])]
        for level in given:
            if self._share(level, texts[level]) is None:
                return False
        for level in (level for level in self.levels if level not in given):
            text = " - ".join(["1", *(self._x(f"share.{other}") for other in given)])
            if self._made(f"share.{level}", text, "responsibility", level) is None:
                return False
        shares = [self._x(f"share.{level}") for level in self.levels]
        sound = " and ".join([f"{self._x('shares')} == 1", *(f"{share} >= 0" for share in shares)])
        found = [
            self._made("shares", " + ".join(shares), "responsibility"),
            self._made("sound", f"not {self._x('in_force')} or ({sound})", "responsibility"),
        ]
        for level in self.levels if self.entry.price is not None else ():
            share = self.shares.get(level, self._x(f"share.{level}"))
            text = f"{self._x('cost')} * {share}"
            found.append(self._made(level, text, "responsibility", level))
            text = f"sum({self._x(level)}, over={self.entry.list})"
            found.append(self._made(f"total.{level}", text, "responsibility", level))
        return None not in found

    def _share(self, level: str, text: str) -> Formula | None:
        """Define a share, a plain ratio also where it is written in per cent."""
        compiler, path = self.compiler, (*self.path, "responsibility", level)
        faults = len(compiler.faults)
        formula = compiler.of_kind(compiler.formula(text, path, items_allowed=True), "number")
        if formula is not None and isinstance(formula.node, Name):
            self.shares[level] = formula.node.name
        formula = compiler.converted(formula, PURE, "formula.service_share_unit")
        over = formula.node.type.over if formula is not None else ""
        if over and over != self.entry.list:
            words = {"list": self.entry.list, "other": over}
            self._fault("formula.service_other_list", "responsibility", level, **words)
            return None
        if formula is None or len(compiler.faults) > faults:
            return None
        self._define(f"share.{level}", formula)
        return formula

    # -- a year before -------------------------------------------------------------------------

    def _last(self) -> bool:
        """Define what a year before cost, and what is added by price, recipients and both.

        An item that was not in force had nobody to serve: what it costs comes with its recipients.
        """
        last, x = self.entry.last, self._x
        if last is None or self.entry.price is None:
            return True
        factors = []
        for key in ("price", "recipients"):
            text = getattr(last, key)
            keys = ("last", key) if text is not None else ("last",)
            factors.append(self._own(f"last.{key}", x(key) if text is None else text, *keys))
        price, recipients = factors
        if price is None or recipients is None:
            return False
        before, now = f"({self._validity().in_force('year - 1')})", x("in_force")
        if self.months:
            text = f"if({before}, {self._validity().months('year - 1')}, 0)"
            if self._made("last.months", text, "part_year") is None:
                return False
        p0, p1 = x("last.price"), x("price")
        n0 = self._served("last.recipients", "last.months")
        n1 = self._served("recipients", "months")
        at = ["last"] if last.price is not None else []
        text = self._where(before, f"{p0} * {n0}")
        product = f"{p0} * {x('last.recipients')}"
        cost = self._money(product, text, (price, recipients), *at)
        if cost is None:
            return False
        self._define("last", cost)
        both = f"{now} and {before}"
        more = f"{p0} * ({n1} - {n0})"
        if self.valid:
            more = f"if({now}, if({before}, {more}, {x('cost')}), -{x('last')})"
        texts = {
            "growth": f"{x('cost')} - {x('last')}",
            "growth.price": self._where(both, f"({p1} - {p0}) * {n0}"),
            "growth.recipients": more,
            "growth.both": self._where(both, f"({p1} - {p0}) * ({n1} - {n0})"),
        }
        found = []
        for field, text in texts.items():
            formula = self.compiler.formula(text, (*self.path, "last"), items_allowed=True)
            found.append(self.compiler.converted(formula, self.compiler.money))
            if found[-1] is not None:
                self._define(field, found[-1])
        return None not in found
