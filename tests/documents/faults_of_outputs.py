"""Faults of outputs: code, document, (line, column, path), a phrase in Chinese, one in English."""

GRANTS = "grants:\n  g: {pool: 100, share: population}\n"

OUTPUTS = [
    ("grant_key_in_output", GRANTS + "outputs: {o: {pool: 1, share: x, replaces: g}}\n",
     (5, 34, "outputs.o.replaces"), "replaces 只用于实际拨付", "replaces belongs to grants"),
    ("formula_and_division", GRANTS + "outputs: {o: {formula: x, pool: 1}}\n",
     (5, 11, "outputs.o"), "又写了 pool", "stands beside pool"),
    ("formula_key_in_division", GRANTS + "outputs: {o: {pool: 1, share: x, digits: 2}}\n",
     (5, 34, "outputs.o.digits"), "digits 只用于公式", "digits belongs to a formula"),
    ("never_negative", GRANTS + "outputs: {o: {pool: 1, share: x, negative: clawback}}\n",
     (5, 34, "outputs.o.negative"), "不会为负", "never below zero"),
    ("output_empty", GRANTS + "outputs: {o: {title: x}}\n",
     (5, 11, "outputs.o"), "没有写明怎么算", "nothing says how"),
]  # fmt: skip
