"""Write the hostile studies, and files of rows, that git or an editor would change."""

from __future__ import annotations

from pathlib import Path

ROWS = "study: s\npolicy: policy.yaml\nsweep:\n  rows: {file}\n"


def make(place: Path) -> None:
    """Write them into a folder where ``base.yaml`` stands. The same bytes every time."""
    base = (place / "base.yaml").read_text(encoding="utf-8")
    deep = f"study: s\npolicy: policy.yaml\nvariants: {'[' * 3000}{']' * 3000}\n"
    files: dict[str, bytes] = {
        "bom.yaml": base.encode("utf-8-sig"),
        "gb18030.yaml": base.encode("gb18030"),
        "tab.yaml": b"study: s\npolicy: policy.yaml\nvariants:\n\ta: {}\n",
        "deep.yaml": deep.encode(),
    }
    path, figure = "parameters.growth_cap", "inputs.population.鹤山市"
    rows: dict[str, bytes] = {
        "bom": f"\ufeff{path}\n15%\n".encode(),
        "gb18030": f"{figure}\n50\n".encode("gb18030"),
        "utf-16": f"{figure}\n50\n".encode("utf-16"),
        "nul": f"{path}\n1\0%\n".encode(),
        "empty": b"",
        "header-only": f"{path}\n".encode(),
        "ragged": f"{path},budget.amount\n15%\n20%,4000,3\n".encode(),
        "same-heading": f"{path},{path}\n15%,20%\n".encode(),
        "two-names": f"{figure},inputs.population.440784\n50,51\n".encode(),
        "open-quote": f'{path}\n"15%\n'.encode(),
        "texts": f"{path},budget.amount\nabc,一千\nNaN,1e99999\n-,—\n".encode(),
        "plain-number": f"{path}\n15\n".encode(),
        "no-heading": f"{path},\n15%,2\n".encode(),
        "unknown-path": b"parameters.grwth_cap\n15%\n",
        "weight-alone": b"grants.equalisation.share.factors.area\n25%\n",
        "whole-input": b"inputs.population\n+2%\n2\n",
        "not-a-tier": "inputs.tier.鹤山市\nA\nD\n".encode(),
        "total": f"name,{path}\n合计,15%\n".encode(),
    }
    for name, content in rows.items():
        files[f"rows-{name}.csv"] = content
        files[f"rows-{name}.yaml"] = ROWS.format(file=f"rows-{name}.csv").encode()
    for name, content in files.items():
        (place / name).write_bytes(content)
