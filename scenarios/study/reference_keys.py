"""A written example of every key of the study document, what its words mean, and notes.

Not imported when a study is read or run.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_choices import CHOICES as CHOICES_OF_POLICIES
from transfers.documents.reference_examples import Both

SAMPLES: Final[dict[str, str]] = {
    "Described.title": "title: 三个方案比较",
    "Described.source": "source: 局长办公会要求",
    "Described.note": "note: 数据截至十月",
    "StudyDocument.study": "study: three",
    "StudyDocument.policy": "policy: ../city/policy.yaml",
    "StudyDocument.districts": "districts: districts_2026.csv",
    "StudyDocument.join": "join: [scores_2026.csv]",
    "StudyDocument.baseline": "baseline: {set: {budget.amount: 1900}}",
    "StudyDocument.variants": "variants: {cap_15: {set: {parameters.growth_cap: 15%}}}",
    "StudyDocument.measures": "measures: {cost: sum(total)}",
    "StudyDocument.constraints": "constraints: {not_less: total >= baseline.total}",
    "StudyDocument.sweep": "sweep: {vary: {parameters.growth_cap: [15%, 20%, 25%]}}",
    "StudyDocument.seek": "seek: {vary: parameters.growth_cap, within: [0%, 30%], step: 1%, "
    'rescale: none, so_that: "general >= 262"}',
    "StudyDocument.optimise": "optimise: {minimise: sum(total), vary: {parameters.growth_cap: "
    "{within: [0%, 30%], step: 1%}}, rescale: none, budget: 100}",
    "StudyDocument.cliffs": "cliffs: {inputs: revenue, within: 10%}",
    "StudyDocument.years": "years: {from: 2026, until: 2030, next: {population: +0.8%}}",
    "Years.from": "from: 2026",
    "Years.until": "until: 2030",
    "Years.count": "count: 5",
    "YearsOfVariant.next": 'next: {revenue: "revenue * (1 + growth[tier])", '
    "services.standard: +3%}",
    "YearsOfVariant.set": "set: {budget.amount: {2027: 1050, 2028: 1100}}",
    "YearsOfVariant.changes": "changes: {2028: {title: 第二波, add: {grants.second: {pool: 100, "
    "share: population}}}}",
    "YearsOfVariant.members": "members: {2029: {leave: 南县}}",
    "Members.merge": "merge: {c3: {name: 新县, of: [西县, 南县], with: {tier: 一类}}}",
    "Members.rename": "rename: {c1: c5}",
    "Members.leave": "leave: [南县]",
    "Merged.name": "name: 新县",
    "Merged.of": "of: [西县, 南县]",
    "Merged.with": "with: {tier: 一类, standard: {dibao: 3120}}",
    "Merged.by": "by: {degree: population}",
    "Change.policy": "policy: rule_2026.yaml",
    "Change.districts": "districts: districts_2026.csv",
    "Change.join": "join: [scores_2026.csv]",
    "Change.set": "set: {grants.general.share.factors.area: 50%}",
    "Change.add": "add: {inputs.score: {title: 考核得分, unit: 分}}",
    "Change.remove": "remove: [grants.relief]",
    "Change.data": "data: {tier: {西县: 一类}, population: +3%}",
    "Change.rescale": "rescale: grants.general.share.factors",
    "Variant.extends": "extends: cap_15",
    "Variant.years": "years: {set: {budget.amount: {2028: 1200}}}",
    "Variant.changes": "changes: {tier: {data: {tier: {西县: 一类}}}}",
    "Measure.formula": "formula: sum(total) / sum(last_year) - 1",
    "Measure.unit": 'unit: "%"',
    "Measure.digits": "digits: 2",
    "Rule.that": "that: total >= baseline.total",
    "Rule.applies": "applies: last_year > 0",
    "Rule.level": "level: hard",
    "Sweep.variant": "variant: area_50",
    "Sweep.vary": "vary: {inputs.population: {each: 2%}}",
    "Sweep.rescale": "rescale: grants.general.share.factors",
    "Sweep.rows": "rows: rows.csv",
    "Sweep.sample": "sample: {size: 1000, seed: 2026}",
    "Sweep.compare_with": "compare_with: baseline",
    "Sweep.quantiles": "quantiles: [10%, 50%, 90%]",
    "Sweep.table": "table: [losers, 北县]",
    "Sweep.indices": "indices: {of: [北县, total]}",
    "Sample.method": "method: sobol",
    "Sample.size": "size: 1024",
    "Sample.seed": "seed: 2026",
    "Sample.digits": "digits: 3",
    "Indices.of": "of: [北县, total]",
    "Indices.size": "size: 512",
    "Indices.confidence": "confidence: 90%",
    "Seek.variant": "variant: area_50",
    "Seek.vary": "vary: grants.general.share.factors.area",
    "Seek.within": "within: [0%, 60%]",
    "Seek.step": "step: 1%",
    "Seek.rescale": "rescale: grants.general.share.factors",
    "Seek.goal": "goal: all",
    "Seek.district": "district: [东县, 北县]",
    "Seek.so_that": "so_that: general >= 230",
    "Varied.path": "path: parameters.growth_cap",
    "Statement.that": "that: general >= 230",
    "Statement.applies": "applies: last_year > 0",
    "Optimise.variant": "variant: area_50",
    "Optimise.minimise": "minimise: gap",
    "Optimise.maximise": "maximise: lowest(total / population)",
    "Optimise.vary": "vary: {parameters.relief_rate: {within: [0%, 5%], step: 0.5%}}",
    "Optimise.rescale": "rescale: none",
    "Optimise.subject_to": 'subject_to: {enough: "general >= 200"}',
    "Optimise.pareto": "pareto: {cost: cost, gap: gap}",
    "Optimise.budget": "budget: 500",
    "Range.within": "within: [0%, 5%]",
    "Range.step": "step: 0.5%",
    "Target.formula": "formula: sum(total)",
    "Cliffs.variant": "variant: area_50",
    "Cliffs.inputs": "inputs: [revenue, population]",
    "Cliffs.districts": "districts: [南县, 北县]",
    "Cliffs.within": "within: 10%",
    "Cliffs.step": "step: 1%",
    "Cliffs.least": "least: 10",
}

CHOICES: Final[dict[str, dict[str, Both]]] = {
    "Rule.level": CHOICES_OF_POLICIES["Rule.level"]
    | {
        "hard": (
            "硬性：不满足时总览中标明；加 `--gate` 时程序以 1 结束",
            "A must: the overview says where it is broken; with `--gate` the command ends with 1",
        ),
    },
    "Seek.goal": {
        "smallest": ("成立的最小值", "The smallest value for which it holds"),
        "largest": ("成立的最大值", "The largest value for which it holds"),
        "all": ("成立的全部范围", "All values for which it holds, as ranges"),
    },
    "Sample.method": {
        "latin_hypercube": (
            "拉丁超立方：每个数的范围分成等份，每份抽一次",
            "Latin hypercube: each range is cut into equal parts, one draw from each",
        ),
        "sobol": (
            "Sobol 序列：更均匀，情景数须为 2 的幂",
            "Sobol's sequence: more even; the number of scenarios is a power of two",
        ),
    },
}
"""``<Part>.<key>`` -> word -> what it means, in Chinese and in English."""
