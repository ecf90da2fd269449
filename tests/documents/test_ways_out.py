"""What a message proposes can be done: quotes, words of Excel, paths as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers

HEAD = """
policy: p
money: {unit: 元}
districts: {file: d.csv, key: key}
lists: {years: {items: {y1: {weight: 50%}, y2: {weight: 50%}}, columns: {weight: }}}
inputs: {a: , b: {unit: 元}, g: {type: text}, n: {over: years, columns: "n_{item}"}}
parameters:
  shifted: {title: T, value: {A: 1, B: 2}}
  gradual: {title: G, value: [{up_to: 1, value: 2}, {value: 3}]}
"""
GRANT = "grants: {aid: {pool: 9, share: b}}\n"


def faults(folder: Path, rest: str, **changes: str) -> list[str]:
    (folder / "p.yaml").write_text(HEAD.lstrip() + rest, encoding="utf-8")
    moved = {path.replace("__", "."): text for path, text in changes.items()}
    with pytest.raises(transfers.DocumentError) as raised:
        transfers.load_policy(folder / "p.yaml", moved)
    return [fault.text("en") for fault in raised.value.faults]


def test_a_formula_with_texts_is_to_be_put_in_single_quotes(tmp_path: Path) -> None:
    formula = 'sum(n, over=years, where=years.key == "y1") > 1'
    (fault,) = faults(tmp_path, f"{GRANT}rules: {{r: {{that: {formula}, level: hard}}}}\n")
    assert fault.endswith(f"put it in quotes: '{formula}'")
    # done as told, it holds
    (tmp_path / "p.yaml").write_text(f"{HEAD.lstrip()}{GRANT}rules: {{r: {{that: '{formula}'}}}}\n")
    assert transfers.load_policy(tmp_path / "p.yaml").rules[0].that.text == formula


def test_a_formula_without_texts_is_to_be_put_in_double_quotes(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "grants: {aid: {pool: 9, share: max(0, a)}}\n")
    assert fault.endswith('put it in quotes: "max(0, a)"')


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("avg(a)", "did you mean 'mean'?"),
        ("median(a)", "did you mean 'quantile(x, 50%)'?"),
        ("vlookup(a, b)", "did you mean 'table[key]'?"),
        ("iif(a > 2, 1, 2)", "did you mean 'if'?"),
        ("mean(a, weight=b)", "mean has no option weight=; did you mean weights=?"),
        ("step(a, if(a > 1, gradual, gradual))", "a choice stands outside: if(..., step(x, a)"),
        ("n + 1", 'or pick one, as in sum(n, over=years, where=years.key == "...")'),
    ],
)
def test_words_from_elsewhere_are_told_what_they_are_here(
    tmp_path: Path, formula: str, said: str
) -> None:
    rest = f'outputs: {{q: "{formula}"}}\n' if formula == "n + 1" else ""
    rest = rest or f'quantities: {{q: "{formula}"}}\n'
    found = faults(tmp_path, rest + GRANT if "quantities" in rest else GRANT + rest)
    assert any(said in fault for fault in found)


def test_a_percentage_for_money_is_asked_what_it_is_of(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "grants: {aid: {pool: 9, share: b, floor: 5%}}\n")
    assert fault.endswith("A percentage needs what it is of, as in 5% * last_year.")


@pytest.mark.parametrize("key", ["title", "note", "source"])
def test_a_comma_in_a_text_inside_braces_is_told_as_such(tmp_path: Path, key: str) -> None:
    rest = f"grants: {{aid: {{{key}: Aid, below zero recapture, pool: 9, share: b}}}}\n"
    (fault,) = faults(tmp_path, rest)
    assert fault.endswith(
        f'a comma ends the text of `{key}`; put the whole text in quotes: {key}: "Aid, below zero'
        ' recapture"'
    )


def test_a_figure_of_one_district_is_kept_for_the_table(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(HEAD.lstrip() + GRANT, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml", {"inputs.a.0301": "4"})
    assert policy.document.figure_changes == {"inputs.a.0301": "4"}


def test_a_key_of_an_input_is_no_district(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(HEAD.lstrip() + GRANT, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml", {"inputs.a.min": "4"})
    assert policy.document.figure_changes == {}
    assert policy.document.model.inputs["a"].min == 4


@pytest.mark.parametrize(
    ("path", "text", "old"),
    [
        ("parameters.shifted.A", "5", "1"),
        ("parameters.gradual.1.value", "7", "3"),
        ("parameters.shifted.value.A", "5", "1"),
        ("lists.years.y1.weight", "60%", "50%"),
    ],
)
def test_a_described_table_needs_no_value_in_its_path(
    tmp_path: Path, path: str, text: str, old: str
) -> None:
    from transfers.documents.changes import told_changes

    (tmp_path / "p.yaml").write_text(HEAD.lstrip() + GRANT, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml", {path: text})
    (told,) = told_changes(policy.document.source, policy.overrides)
    assert told.values == {"path": path, "value": text, "old": old}


def test_a_group_whose_pool_is_negative_is_named(tmp_path: Path) -> None:
    rest = 'grants: {aid: {pool: "sum(b, by=g) - 5", within: g, share: b}}\n'
    (tmp_path / "p.yaml").write_text(HEAD.lstrip() + rest, encoding="utf-8")
    (tmp_path / "d.csv").write_text("key,a,b,g,n_y1,n_y2\nx,1,2,A,1,1\ny,1,7,B,1,1\n", "utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    with pytest.raises(transfers.TableError) as raised:
        transfers.allocate(policy, transfers.load_districts(None, policy))
    assert "negative for A -3; the money" in raised.value.faults[0].text("en")


def test_a_column_of_texts_is_one_fault_that_proposes_its_type(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(HEAD.lstrip() + GRANT, encoding="utf-8")
    rows = "key,a,b,g,n_y1,n_y2\nx,east,2,A,1,1\ny,west,7,B,1,1\nz,,7,B,1,1\n"
    (tmp_path / "d.csv").write_text(rows, "utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    with pytest.raises(transfers.TableError) as raised:
        transfers.load_districts(None, policy)
    (fault,) = raised.value.faults
    assert fault.code == "table.texts_for_numbers"
    assert "for 2 districts (east, west)" in fault.text("en") and "type: text" in fault.text("en")
