"""Appraisals: what districts reach of the targets of a list, as quantities among the others.

Each entry becomes quantities with dotted names, ``realisation.degree``. Whatever reads quantities -
the engine, the exact reference, explanations, batches - reads these without knowing the section.

Method: section 43.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from transfers.documents.model_appraisals import SECTION
from transfers.formula.scope import Symbol
from transfers.policy.appraisal_lists import Tree, TreeReader
from transfers.policy.appraisal_names import NO_CAP, RELATIVE, NameWriter
from transfers.policy.appraisal_scores import Scores, score
from transfers.policy.derived import Deriver

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

_EVERY_DISTRICT: Final = "key == key"
"""True in each district: what counts for all of them is then said of each, for means over them."""

_QUOTES: Final = ('""', "''", "「」", "“”")


class AppraisalRule(Struct, frozen=True, eq=False):
    """An appraisal as views read it: its lists, and the names that it defined.

    Parameters
    ----------
    tree : Tree
        Its lists, and what each indicator says.
    parts : frozenset of str
        What stands behind the point of the names it defines: ``degree`` of ``x.degree``.
    agencies : str
        The list of agencies known; "" for none.
    """

    name: str
    title: str
    tree: Tree
    parts: frozenset[str]
    agencies: str = ""


def appraisals(compiler: Compiler) -> None:
    """Read the section: each entry defines its quantities."""

    def read(name: str) -> None:
        entry = compiler.document.model.appraisals[name]
        before = len(compiler.faults)
        tree = TreeReader(compiler, name, entry).tree()
        if tree is None:
            return
        writer = _Writer(compiler, name, entry, tree, Deriver(compiler, name, entry.source))
        rule = writer.rule()
        if len(compiler.faults) > before:
            compiler.define(Symbol(name, faulty=True))
            return
        compiler.appraisals.append(rule)
        place = compiler.document.place(SECTION, name)
        compiler.define(Symbol(name, place=place, fields=tuple(writer.parts)))

    compiler.each(dict(compiler.document.model.appraisals), read)


class _Writer(NameWriter, eq=False):
    """Writes the quantities of one appraisal, one after the other."""

    def rule(self) -> AppraisalRule:
        """Define all names, from what is observed to who is advanced."""
        if self._given():
            self._districts("", "observed", "degree", "rank")
            self._shortfalls()
            if "last.observed" in self.parts:
                self._districts("last.", "last.observed", "degree_last", "rank_last")
                self._derive(
                    "change", f"{self._n('degree')} - {self._n('degree_last')}", ratio=True
                )
            self._judged()
            self._whole()
            self._urban_and_rural()
        title = self.entry.title or self.name
        parts = frozenset(self.parts)
        return AppraisalRule(self.name, title, self.tree, parts, self.entry.agencies or "")

    # -- scores, degrees, ranks ------------------------------------------------------------------

    def _ends(self, prefix: str, observed: str, where: str) -> tuple[str, str]:
        """Define the lowest and the highest figure of each indicator; return their names."""
        for end in ("lowest", "highest"):
            self._derive(f"{prefix}{end}", f"{end}({self._n(observed)}, where={where})")
        return self._n(f"{prefix}lowest"), self._n(f"{prefix}highest")

    def _scores(self, observed: str, where: str = "", ends: tuple[str, str] = ("", "")) -> Scores:
        """Return what a score is made of, by the names defined so far."""
        named: dict[str, str] = {
            key: self._n(key)
            for key in ("target", "satisfactory", "unacceptable")
            if key in self.parts
        }
        cap = self._n("cap") if "cap" in self.parts else self.entry.cap.strip().lower()
        return Scores(self.tree, observed, named, "" if cap == NO_CAP else cap, where, ends)

    def _districts(self, prefix: str, observed: str, degree: str, rank: str) -> None:
        """Define the scores of each district by what was observed there, and what they make."""
        missing, seen = self.tree.missing, f"not missing({self._n(observed)})"
        counts = [self._n("counts")] if "counts" in self.parts else []
        there = " and ".join([*counts, seen])
        ends = self._ends(prefix, observed, there) if self.tree.method.has("range") else ("", "")
        own = score(self._scores(self._n(observed), there, ends))
        if missing.has("mean"):
            self._derive(f"{prefix}own", own, ratio=True)
            own = self._n(f"{prefix}own")
        absent = f"missing({self._n(observed)})"
        text = own
        if missing.has("mean"):
            mean = f"mean({own}, where={there})"
            text = f"if({self._either(absent, 'mean')}, {mean}, {text})"
        if missing.has("zero"):
            text = f"if({self._either(absent, 'zero')}, 0, {text})"
        self._derive(f"{prefix}score", text, ratio=True)
        where = self._counted(prefix, seen, counts)
        self._sums(prefix, degree, where)
        has = f", where=not missing({self._n(degree)})" if where else ""
        self._derive(rank, f"rank({self._n(degree)}{has})")

    def _either(self, absent: str, word: str) -> str:
        """Return the statement that a figure is absent and a rule for that counts."""
        when = self.tree.missing.when(self._items, word) if self.tree.missing.column else ""
        return f"{absent} and ({when})" if when else absent

    def _counted(self, prefix: str, seen: str, counts: list[str]) -> str:
        """Define which scores count in a district; return its name, or nothing where all do."""
        missing = self.tree.missing
        parts = list(counts)
        if missing.only("left_out"):
            parts.append(seen)
        elif missing.has("left_out"):
            parts.append(f"({seen} or not ({missing.when(self._items, 'left_out')}))")
        if not parts:
            return ""
        if parts == counts and not self._type("counts").per_district:
            parts.append(_EVERY_DISTRICT)
        self._derive(f"{prefix}counted", " and ".join(parts))
        return self._n(f"{prefix}counted")

    def _sums(self, prefix: str, degree: str, where: str) -> None:
        """Define the scores of the first level, and the degree."""
        items, tree = self._items, self.tree
        weight, of = f"{items}.{tree.weight}", self._n(f"{prefix}score")
        only = f", where={where}" if where else ""
        if tree.first is None:
            text = f"sum({weight} * {of}, over={items}{only}) / sum({weight}, over={items}{only})"
            self._derive(degree, text, ratio=True)
            return
        by = f"over={items}, by={items}.{tree.parent}{only}"
        first = f"sum({weight} * {of}, {by}) / sum({weight}, {by})"
        self._derive(f"{prefix}first", first, ratio=True)
        of = self._n(f"{prefix}first")
        share = self._share()
        only = f", where=not missing({of})" if where else ""
        text = f"sum({share} * {of}, over={items}{only}) / sum({share}, over={items}{only})"
        self._derive(degree, text, ratio=True)

    def _share(self) -> str:
        """Return the name of the weight of each indicator in the whole appraisal."""
        items, tree = self._items, self.tree
        if tree.first is None:
            return f"{items}.{tree.weight}"
        if "share" not in self.parts:
            own, parent = f"{items}.{tree.weight}", f"{items}.{tree.parent}"
            of_parent = f"{tree.first.name}.{tree.first_weight}[{parent}]"
            text = f"{of_parent} * {own} / sum({own}, over={items}, by={parent})"
            self._derive("share", text, ratio=True)
        return self._n("share")

    # -- shortfalls, grades, the whole -----------------------------------------------------------

    def _shortfalls(self) -> None:
        """Define what is below its target, how many such there are, and what nobody observed."""
        items, observed = self._items, self._n("observed")
        counts = f"{self._n('counts')} and " if "counts" in self.parts else ""
        scores = self._scores(observed)
        if scores.goals is not None:
            goal, when = scores.goals
            self._derive("goal", goal)
            beyond = scores.by_direction(
                f"{observed} < {self._n('goal')}", f"{observed} > {self._n('goal')}"
            )
            short = f"{counts}not missing({observed}){when} and {beyond}"
            self._derive("short", short)
            self._derive("shortfalls", f"count({self._n('short')}, over={items})")
        self._derive("unobserved", f"count({counts}missing({observed}), over={items})")

    def _judged(self) -> None:
        """Define the grade of each district, and whether it is advanced."""
        entry, degree = self.entry, self._n("degree")
        if entry.grades:
            edges = list(entry.grades.items())
            text = _quoted(edges[-1][0])
            for number, (word, edge) in reversed(list(enumerate(edges[:-1], start=1))):
                name = self._number(f"grade.edge{number}", edge, "grades", word)
                text = f"if({degree} >= {name}, {_quoted(word)}, {text})"
            self._derive("grade", text)
        if entry.advanced is None:
            return
        if entry.advanced.at_least is not None:
            at_least = entry.advanced.at_least
            name = self._number("advanced.at_least", at_least, "advanced", "at_least")
            self._derive("advanced", f"{degree} >= {name}")
        elif entry.advanced.top is not None:
            top = Fraction(entry.advanced.top)
            name = self._number("advanced.top", top, "advanced", "top", ratio=False)
            self._derive("advanced", f"{self._n('rank')} <= {name}")
        else:
            self._given_advanced(entry.advanced.given or "")

    def _given_advanced(self, text: str) -> None:
        path = (SECTION, self.name, "advanced", "given")
        formula = self.compiler.of_kind(self.compiler.formula(text, path), "boolean")
        if formula is not None:
            self._define("advanced", formula)

    def _mean(self, of: str, where: str) -> str:
        """Return the mean over districts; of what is attained or not, the part that attains it."""
        plain = f"mean({of}{where})"
        if "weights" not in self.parts:
            return plain
        weighted = f"mean({of}, weights={self._n('weights')}{where})"
        method = self.tree.method
        if method.only("attainment"):
            return plain
        if method.has("attainment"):
            return f"if({method.when(self._items, 'attainment')}, {plain}, {weighted})"
        return weighted

    def _whole(self) -> None:
        """Define the scores of the whole, its degree, and the scores of agencies."""
        method, missing = self.tree.method, self.tree.missing
        where = f", where={self._n('counted')}" if "counted" in self.parts else ""
        text = self._mean(self._n("score"), where)
        if "whole.observed" in self.parts and not method.only(*RELATIVE):
            observed = self._n("whole.observed")
            own = f"not missing({observed})"
            if method.has(*RELATIVE):
                own += f" and not ({method.when(self._items, *RELATIVE)})"
            self._derive("whole.direct", score(self._scores(observed), RELATIVE), ratio=True)
            text = f"if({own}, {self._n('whole.direct')}, {text})"
        if missing.has("zero") and "counts" in self.parts:
            self._derive("whole.own", text, ratio=True)
            absent = f"missing({self._n('whole.own')})"
            text = f"if({self._either(absent, 'zero')}, 0, {self._n('whole.own')})"
        self._derive("whole.score", text, ratio=True)
        of = self._n("whole.score")
        there = ""
        if missing.only("left_out"):
            there = f"not missing({of})"
        elif missing.has("left_out"):
            there = f"(not missing({of}) or not ({missing.when(self._items, 'left_out')}))"
        self._sums("whole.", "whole.degree", there)
        self._agencies(of, there)

    def _agencies(self, of: str, there: str) -> None:
        items, agency = self._items, self.tree.agency
        if not agency:
            return
        column = f"{items}.{agency}"
        parts = [there] if there else []
        if None in self.tree.items.columns[agency].texts:
            parts.append(f"not missing({column})")
        by = f"over={items}, by={column}" + (f", where={' and '.join(parts)}" if parts else "")
        share = self._share()
        self._derive("agency", f"sum({share} * {of}, {by}) / sum({share}, {by})", ratio=True)

    def _urban_and_rural(self) -> None:
        """Define the degrees of town and country over what was observed in both, and their gap."""
        method = self.tree.method
        sides = ("urban", "rural")
        if "urban.observed" not in self.parts or method.only(*RELATIVE):
            return
        there = [f"not missing({self._n(f'{side}.observed')})" for side in sides]
        if "counts" in self.parts:
            there.insert(0, self._n("counts"))
        if method.has(*RELATIVE):
            there.append(f"not ({method.when(self._items, *RELATIVE)})")
        share, over = self._share(), f"over={self._items}, where={' and '.join(there)}"
        for side in sides:
            observed = self._scores(self._n(f"{side}.observed"))
            self._derive(f"{side}.score", score(observed, RELATIVE), ratio=True)
            of = self._n(f"{side}.score")
            self._derive(side, f"sum({share} * {of}, {over}) / sum({share}, {over})", ratio=True)
        self._derive("gap", f"{self._n('urban')} - {self._n('rural')}", ratio=True)
        weights = f", weights={self._n('weights')}" if "weights" in self.parts else ""
        for part in (*sides, "gap"):
            of = self._n(part)
            text = f"mean({of}{weights}, where=not missing({of}))"
            self._derive(f"whole.{part}", text, ratio=True)


def _quoted(word: str) -> str:
    """Return a word in quotes that do not occur in it."""
    pair = next((pair for pair in _QUOTES if not set(pair) & set(word)), _QUOTES[0])
    return f"{pair[0]}{word}{pair[1]}"
