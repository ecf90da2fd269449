"""Compare the engine with the exact reference on many random documents.

Run from the project's folder::

    python scripts/compare_with_reference.py --documents 20000 --seed 1

Documents on which the two disagree are kept under ``--keep``, each in a folder of its own with
what was found. Exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.reference.comparing import compare
from tests.reference.random_documents import random_document
from transfers import DocumentError


def main() -> int:
    """Compare, print figures and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1, help="number of the first document")
    parser.add_argument("--scenarios", type=int, default=4, help="scenarios per document")
    parser.add_argument("--keep", type=Path, help="folder for documents with disagreements")
    options = parser.parse_args()
    outcomes: Counter[str] = Counter()
    disagreeing: list[int] = []
    start = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.documents):
            document = random_document(seed)
            try:
                compared = compare(document, Path(folder), seed, options.scenarios)
                outcomes.update(compared.outcomes)
                found = compared.disagreements
            except DocumentError as error:
                outcomes["not valid"] += 1
                print(f"document {seed} is not valid: {error}")
                continue
            except Exception:
                outcomes["crashed"] += 1
                found = [traceback.format_exc()]
            if found:
                disagreeing.append(seed)
                print(f"document {seed}: {found[0].strip()[-600:]}", flush=True)
                if options.keep is not None:
                    document.write(options.keep / str(seed))
                    report = options.keep / str(seed) / "disagreements.txt"
                    report.write_text("\n".join(found), encoding="utf-8")
    seconds = perf_counter() - start
    print(f"documents    {options.documents} (seeds from {options.seed})")
    print(f"scenarios    {sum(outcomes.values())}")
    for outcome, count in outcomes.most_common():
        print(f"  {outcome:<10} {count}")
    print(f"disagreeing  {len(disagreeing)} documents")
    print(f"seconds      {seconds:.1f}")
    return 1 if disagreeing else 0


if __name__ == "__main__":
    sys.exit(main())
