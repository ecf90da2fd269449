"""Other figures of districts: a table as a study changes it, by district, by ratio or by formula.

>>> import transfers
>>> policy = transfers.load_policy("examples/bonuses/grade_coefficient.yaml")
>>> districts = transfers.load_districts(None, policy)
>>> changes = {"grade": {"江海区": "中"}, "population": "+3%"}
>>> changed = change_figures(policy, districts, changes)
>>> changed.columns["grade"].texts()
['良', '中', '优', '优', '中', '优', '良']
>>> [float(figure) for figure in changed.columns["population"].fractions()[:2]]
[87.859, 37.595]

All changes are computed from the figures of the table they are made to, exactly; none sees
another.
"""

from transfers.figures.changing import Change, change_figures

__all__ = ["Change", "change_figures"]
