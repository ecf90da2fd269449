"""How a score is made of an observation, as the text of a formula: by method and direction.

Method: section 43.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from transfers.policy.appraisal_lists import Tree


class Scores(Struct, frozen=True):
    """What scores are made of, as names and texts of formulas.

    Parameters
    ----------
    observed : str
        The name of what was observed.
    named : dict of str to str
        The names of `target`, `satisfactory` and `unacceptable`, where there are any.
    cap : str
        Name or number; empty for no cap.
    where : str
        The statement that a district counts, for scores relative to the others.
    ends : (str, str)
        The names of the lowest and the highest figure observed, where range asks for them.
    """

    tree: Tree
    observed: str
    named: Mapping[str, str]
    cap: str
    where: str = ""
    ends: tuple[str, str] = ("", "")

    def by_direction(self, positive: str, negative: str) -> str:
        """Return one text or the other, by the direction of each indicator."""
        direction = self.tree.direction
        if direction.only("positive"):
            return positive
        if direction.only("negative"):
            return negative
        when = direction.when(self.tree.items.name, "negative")
        return f"if({when}, {negative}, {positive})"

    @property
    def goals(self) -> tuple[str, str] | None:
        """What an indicator should reach, and when there is something; None where nothing is.

        The satisfactory value of efficacy; the target of all others, where there are targets.
        """
        method, items = self.tree.method, self.tree.items.name
        target, high = self.named.get("target"), self.named.get("satisfactory")
        if method.only("efficacy"):
            return None if high is None else (high, "")
        if target is None and not method.has("efficacy"):
            return None
        relative = method.when(items, "range", "zscore")
        efficacy = method.when(items, "efficacy")
        if target is None:
            return str(high), f" and ({efficacy})"
        goal = target if not efficacy or high is None else f"if({efficacy}, {high}, {target})"
        if not method.has("range", "zscore"):
            return goal, ""
        without = f"not ({relative}) or " if not method.only("range", "zscore") else ""
        return goal, f" and ({without}not missing({target}))"


def score(scores: Scores, without: tuple[str, ...] = ()) -> str:
    """Return the formula of a score; methods in `without` are not asked for."""
    method = scores.tree.method
    words = [word for word in method.words if word not in without]
    texts = {word: _FORMULAS[word](scores) for word in words}
    *others, last = words
    text = texts[last]
    for word in reversed(others):
        text = f"if({method.when(scores.tree.items.name, word)}, {texts[word]}, {text})"
    return text


def _capped(scores: Scores, text: str) -> str:
    return f"min({scores.cap}, {text})" if scores.cap else text


def _target(scores: Scores) -> str:
    """Observed by target; turned round where less is better, and then 0 is the most there is."""
    x, target = scores.observed, scores.named["target"]
    inverse = _capped(scores, f"{target} / {x}")
    if scores.cap:
        inverse = f"if({x} <= 0, {scores.cap}, {inverse})"
    return scores.by_direction(_capped(scores, f"{x} / {target}"), inverse)


def _efficacy(scores: Scores) -> str:
    """60 at the unacceptable value, 100 at the satisfactory one, never below 0."""
    x, low, high = scores.observed, scores.named["unacceptable"], scores.named["satisfactory"]
    text = f"60% + 40% * (({x} - {low}) / ({high} - {low}))"
    return f"max(0, {_capped(scores, text)})"


def _range(scores: Scores) -> str:
    """From 0 for the worst district to 1 for the best; 1 for all where they are equal."""
    x, (least, most) = scores.observed, scores.ends
    width = f"({most} - {least})"
    part = scores.by_direction(f"({x} - {least}) / {width}", f"({most} - {x}) / {width}")
    return f"if({most} == {least} and not missing({x}), 1, {part})"


def _zscore(scores: Scores) -> str:
    where = f", where={scores.where}" if scores.where else ""
    return scores.by_direction(
        f"zscore({scores.observed}{where})", f"-zscore({scores.observed}{where})"
    )


def _attainment(scores: Scores) -> str:
    """1 where the target is reached, else 0: the mean over districts is the part that reach it."""
    x, target = scores.observed, scores.named["target"]
    return f"if({scores.by_direction(f'{x} >= {target}', f'{x} <= {target}')}, 1, 0)"


_FORMULAS = {
    "target": _target,
    "efficacy": _efficacy,
    "range": _range,
    "zscore": _zscore,
    "attainment": _attainment,
}
