"""Change the kernels, the steps and the functions of formulas, and see whether a test notices.

Run from the project's folder, with the extra ``mutation`` installed::

    python scripts/mutation --sample 40 --seed 1     # a sample of each module
    python scripts/mutation                          # every mutant: hours
    python scripts/mutation --again                  # those that survived, with more patience
    python scripts/mutation --report                 # writes docs/mutation.md

What became of a mutant is kept under ``build/mutation`` until its module changes.
"""

from __future__ import annotations

import argparse
import os
import sys


def main() -> int:
    """Run mutants, or write what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, help="so many mutants of each module")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--budget", type=float, default=8.0, help="seconds of tests per mutant")
    parser.add_argument("--again", action="store_true", help="those that survived")
    parser.add_argument("--report", action="store_true", help="write docs/mutation.md")
    parser.add_argument("--survivors", action="store_true", help="print those not excluded")
    parser.add_argument("modules", nargs="*", help="parts of names of modules")
    options = parser.parse_args()
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # before numpy is loaded
    if options.report or options.survivors:
        import report

        return report.main(survivors=options.survivors, modules=options.modules)
    import judging

    return judging.run(options)


if __name__ == "__main__":
    sys.exit(main())
