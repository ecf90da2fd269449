"""Every folder of cases/: a published system, its policy held against what was published.

A new case is a new folder; nothing here knows one.
"""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
import yaml

from tests.cases.published import (
    CASES,
    ROOT,
    Column,
    Comparison,
    Run,
    SmallRun,
    case,
    folders,
    tables,
)
from tests.program import called

FOLDERS = [
    pytest.param(folder, id=folder.name)
    for folder in folders()
    if (folder / "policy.yaml").exists()
]
SMALL = [
    pytest.param(folder, run, id=f"{folder.name}: {run.title}")
    for folder in folders()
    for run in case(folder).small
]
PUBLISHED = [
    pytest.param(folder, run, id=f"{folder.name}: {run.title}")
    for folder in folders()
    for run in case(folder).published
]
MOST_LINES = 60

Table = dict[str, dict[str, str]]


def rows_of(path: Path, key: str) -> Table:
    """Read a csv file; rows by key."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def transfers(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Call the program as a person does."""
    language = () if "--lang" in arguments else ("--lang", "en")
    return called(*arguments, *language, folder=folder)


def with_facts(folder: Path, run: Run | SmallRun, here: Path) -> Path:
    """Copy a policy's folder and add a case's facts to it, as hard rules; return the policy."""
    source = (folder / run.policy).resolve()
    policy = Path(shutil.copytree(source.parent, here / source.parent.name)) / source.name
    text = policy.read_text(encoding="utf-8")
    assert "\nrules:" not in text, "facts are added as rules: merge them here when a case has some"
    facts = {
        f"fact_{n}": {"title": title, "that": that, "level": "hard"}
        for n, (title, that) in enumerate(run.facts.items())
    }
    if facts:
        text += "\n" + yaml.safe_dump({"rules": facts}, allow_unicode=True)
    policy.write_text(text, encoding="utf-8")
    return policy


def outcome(policy: Path, values: Mapping[str, str], *files: str | Path) -> Table:
    """Run a policy; its facts hold. Return the rows of the data file it writes."""
    changes = [part for path, value in values.items() for part in ("--set", f"{path}={value}")]
    out = policy.parent / "out.csv"
    done = transfers("run", policy, *files, *changes, "--out", out, "-q", folder=policy.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    return rows_of(out, "key")


@pytest.mark.parametrize(("folder", "run"), SMALL)
def test_the_invented_table_gives_the_amounts_worked_out_by_hand(
    folder: Path, run: SmallRun, tmp_path: Path
) -> None:
    got = outcome(with_facts(folder, run, tmp_path), run.values)
    with (folder / run.expected).open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert 5 <= len(expected) <= 8
    key, *names = expected[0]
    columns = run.columns or {name: name for name in names}
    assert [row[key] for row in expected] == list(got)
    for row in expected:
        there = {ours: Decimal(got[row[key]][ours]) for ours in columns}
        assert there == {ours: Decimal(row[theirs]) for ours, theirs in columns.items()}, row[key]


def figures_of(path: Path) -> list[list[Decimal | None]]:
    """Read the rows of figures of a csv file; what its columns are called does not matter."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    return [[Decimal(cell) if cell else None for cell in row] for row in rows]


@pytest.mark.parametrize(("folder", "run"), PUBLISHED)
def test_the_policy_reproduces_the_published_column(folder: Path, run: Run, tmp_path: Path) -> None:
    there = tables(folder)
    joined = [part for name in run.join for part in ("--join", there / name)]
    policy = with_facts(folder, run, tmp_path)
    text = policy.read_text(encoding="utf-8")
    for old, new in run.replacing.items():
        assert old in text
        text = text.replace(old, new)
    policy.write_text(text, encoding="utf-8")
    own = run.districts.startswith("./")
    got = outcome(
        policy, run.values, "--districts", (folder if own else there) / run.districts, *joined
    )
    for ours, theirs in run.same_rows.items():
        assert figures_of(folder / ours) == figures_of(there / theirs), ours
    for column, comparison in run.compare.items():
        faults = list(differences(got, column, comparison, there))
        assert not faults, f"{column}: " + "; ".join(faults[:10])


def differences(got: Table, column: str, comparison: Comparison, there: Path) -> Iterator[str]:
    """Yield what is not as a case says."""
    pairs = dict(compared(got, column, comparison, there))
    if len(pairs) != comparison.rows:
        yield f"{len(pairs)} rows compared, not {comparison.rows}"
    for key, (ours, theirs) in pairs.items():
        gap = abs(ours - theirs)
        if comparison.within is not None and gap > comparison.within:
            yield f"{key}: {ours} against {theirs}"
        if comparison.relative is not None and gap > comparison.relative * abs(theirs):
            yield f"{key}: {ours} against {theirs}"
    mostly, exact = comparison.mostly, comparison.exact
    if mostly is not None:
        close = sum(abs(a - b) <= mostly.relative * abs(b) for a, b in pairs.values())
        if close < mostly.share * len(pairs):
            yield f"only {close} of {len(pairs)} within {mostly.relative}"
    if exact is not None:
        unit = Decimal(1).scaleb(-exact.digits)
        same = sum(a.quantize(unit, ROUND_HALF_UP) == b for a, b in pairs.values())
        if same < exact.at_least:
            yield f"only {same} of {len(pairs)} are exact to {exact.digits} digits"
    worst = max(abs(a - b) for a, b in pairs.values())
    if comparison.worst is not None and round(worst) != comparison.worst:
        yield f"the worst difference is {worst}, not {comparison.worst}"
    added = sum((theirs for _, theirs in pairs.values()), Decimal(0))
    if comparison.published_sum not in (None, added):
        yield f"the published figures add up to {added}, not {comparison.published_sum}"
    said = (comparison.within, comparison.relative, exact, comparison.worst)
    if all(bound is None for bound in said):
        yield "nothing is compared"
    together = len(pairs) + len(comparison.left_out)
    if comparison.with_exceptions not in (None, together):
        yield f"{together} rows with those left out, not {comparison.with_exceptions}"


def compared(
    got: Table, column: str, comparison: Comparison, there: Path
) -> Iterator[tuple[str, tuple[Decimal, Decimal]]]:
    """Yield our figure and the published one by key, but for those left out by name."""
    published: Column = comparison.published
    rows = rows_of(there / published.file, published.key)
    unknown = comparison.left_out.keys() - {
        key for key, row in rows.items() if row[published.column]
    }
    assert not unknown, f"left out, but not published: {unknown}"
    for key, row in got.items():
        chosen = not comparison.only or row[comparison.only] == "1"
        if key in comparison.left_out:
            # A row is left out of what the policy divides, or only of the comparison.
            assert not (comparison.only and chosen), f"{key} is left out, and divided"
            continue
        if chosen and rows.get(key, {}).get(published.column):
            yield key, (Decimal(row[column]), Decimal(rows[key][published.column]))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_readme_shows_commands_that_run(folder: Path, tmp_path: Path) -> None:
    """A page is read with the tables beside it, in ../shared/cases, as it says."""
    there = tables(folder)
    text = (folder / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^\$ (transfers .+)$", text)
    shutil.copytree(CASES, tmp_path / "main" / "cases")
    for command in commands:
        _, *words = shlex.split(command)
        prefix = f"../shared/cases/{folder.name}"
        arguments = [word.replace(prefix, there.as_posix()) for word in words]
        done = transfers(*arguments, folder=tmp_path / "main")
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    assert any("--districts" in command for command in commands)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_policy_is_short_and_every_rule_names_its_source(folder: Path) -> None:
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "case.yaml":
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        code = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
        assert len(code) <= MOST_LINES, path
        document = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)
        assert document["source"], path
        divided = [*document["grants"].items(), *document.get("quantities", {}).items()]
        rules = [(name, entry) for name, entry in divided if isinstance(entry, dict)]
        assert [name for name, entry in rules if not entry.get("source")] == [], path


def test_no_room_of_the_engine_knows_a_case() -> None:
    """Names of cases, their countries and laws, occur in no module."""
    words = {word for folder in folders() for word in folder.name.split("_") if word.isalpha()}
    words |= {"fpm", "fundeb", "vaaf", "vaat", "queenscliffe", "jiangmen", "haiyan"}
    words -= {"counties", "tiers", "western"}
    pattern = re.compile(rf"(?i)\b({'|'.join(sorted(words))})\b")
    rooms = ("transfers", "scenarios", "commands", "benchmarks", "scripts")
    modules = [ROOT / "cli.py", *(path for room in rooms for path in ROOT.glob(f"{room}/**/*.py"))]
    told = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in modules
        if (found := pattern.search(path.read_text(encoding="utf-8")))
    ]
    assert told == []
