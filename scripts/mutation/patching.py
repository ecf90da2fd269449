"""Put a changed function in the place of the one that is loaded, or a changed module before it is.

A process that has imported everything is copied for each mutant; in the copy the functions that
the change touches get the code of the changed ones. What is computed while a module is imported
(constants, tables, classes) cannot be changed so, and needs a new process.
"""

from __future__ import annotations

import gc
import importlib.machinery
import inspect
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

Place = tuple[str, str, int]


def functions_of(paths: set[str]) -> dict[Place, list[FunctionType]]:
    """Return the loaded functions of some files, by file, name and first line."""
    found: dict[Place, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename in paths:
            found.setdefault(_place(thing.__code__), []).append(thing)
    return found


def patches(path: Path, before: str, after: str) -> list[tuple[CodeType, CodeType]] | None:
    """Return the functions that differ, with their new code; None where a module itself does."""
    old, new = (compile(source, str(path), "exec") for source in (before, after))
    found: list[tuple[CodeType, CodeType]] = []
    return found if _collect(old, new, found) else None


def _collect(old: CodeType, new: CodeType, found: list[tuple[CodeType, CodeType]]) -> bool:
    """Collect functions that differ; tell whether nothing else does."""
    if _by_itself(old) != _by_itself(new):
        return False
    inner_old, inner_new = _inner(old), _inner(new)
    if len(inner_old) != len(inner_new):
        return False
    for one, other in zip(inner_old, inner_new, strict=True):
        if not one.co_flags & inspect.CO_OPTIMIZED:  # the body of a class
            if not _collect(one, other, found):
                return False
        elif one != other:
            found.append((one, other))
    return True


def put(changed: list[tuple[CodeType, CodeType]], loaded: dict[Place, list[FunctionType]]) -> bool:
    """Give loaded functions their new code; tell whether all of them are known."""
    for old, new in changed:
        functions = loaded.get(_place(old), [])
        if not functions or new.co_freevars != old.co_freevars:
            return False
        for function in functions:
            function.__code__ = new
    return True


def import_changed(path: Path, source: str) -> None:
    """Have a module imported with another source, once it is imported."""
    original = importlib.machinery.SourceFileLoader.get_code

    def get_code(self: Any, fullname: str) -> CodeType | None:
        if self.path == str(path):
            return compile(source, str(path), "exec")
        return original(self, fullname)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def _place(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _inner(code: CodeType) -> list[CodeType]:
    return [part for part in code.co_consts if isinstance(part, CodeType)]


def _by_itself(code: CodeType) -> tuple[Any, ...]:
    constants = tuple(
        (type(part), part) for part in code.co_consts if not isinstance(part, CodeType)
    )
    return code.co_code, code.co_names, code.co_varnames, repr(constants)
