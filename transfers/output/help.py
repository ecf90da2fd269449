"""Help and complaints about a call, in the reader's language."""

from __future__ import annotations

import errno
import os
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from transfers import messages
from transfers.output.terminal import definitions, wrapped

if TYPE_CHECKING:
    from transfers.allocation import Allocation


_TROUBLES: Final = MappingProxyType(
    {
        "disk_full": (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "not_allowed": (errno.EACCES, errno.EPERM, errno.EBUSY),
        "read_only": (errno.EROFS,),
        "is_folder": (errno.EISDIR,),
        "no_folder": (errno.ENOENT,),
        "not_a_folder": (errno.ENOTDIR, errno.EEXIST),
        "name_too_long": (errno.ENAMETOOLONG,),
        "link_circle": (errno.ELOOP,),
        "no_file": (errno.EINVAL,),
    }
)
"""What keeps a file from being written, by the system's numbers."""


def _say(code: str, language: str, /, **words: object) -> str:
    return messages.text(f"command.{code}", language, **words)


def _sections(parts: list[tuple[str, str]]) -> str:
    return "\n".join(
        f"{title}\n{body}\n" if title else f"{body}\n" for title, body in parts if body
    )


def group_help(group: Any, ctx: Any, language: str) -> str:
    """Return the help of the program: what it is for, and its commands."""
    commands = [
        (name, (group.get_command(ctx, name).help or "").splitlines()[0])
        for name in group.list_commands(ctx)
    ]
    usage = _say("usage", language, call=f"{ctx.command_path} COMMAND [...]")
    more = _say("more_help", language, program=ctx.command_path)
    parts = [
        ("", usage),
        ("", "\n".join(wrapped(group.help or "", 80))),
        (_say("commands", language), definitions(commands)),
        (_say("options", language), definitions(_options(group, ctx, language))),
        ("", more),
    ]
    return _sections(parts)


def command_help(command: Any, ctx: Any, language: str) -> str:
    """Return the help of one command: usage, purpose, arguments, options."""
    arguments = [p for p in command.get_params(ctx) if p.param_type_name == "argument"]
    named = [(p.metavar or p.name.upper(), p.help or "") for p in arguments]
    call = " ".join([ctx.command_path, *(name for name, _ in named), "[OPTIONS]"])
    purpose = [line for text in (command.help or "").splitlines() for line in wrapped(text, 80)]
    parts = [
        ("", _say("usage", language, call=call)),
        ("", "\n".join(purpose)),
        (_say("arguments", language), definitions(named)),
        (_say("options", language), definitions(_options(command, ctx, language))),
    ]
    return _sections(parts)


def _options(command: Any, ctx: Any, language: str) -> list[tuple[str, str]]:
    options = []
    for parameter in command.get_params(ctx):
        if parameter.param_type_name != "option":
            continue
        names = ", ".join(parameter.opts)
        metavar = "" if parameter.is_flag else f" {parameter.metavar or ''}".rstrip()
        is_help = "--help" in parameter.opts
        text = _say("help_help", language) if is_help else parameter.help or ""
        options.append((names + metavar, text))
    return options


def usage_fault(error: Any, language: str) -> str:
    """Say what is wrong with a call."""
    kind = type(error).__name__
    ctx = getattr(error, "ctx", None)
    program = ctx.command_path if ctx is not None else "transfers"
    parameter = getattr(error, "param", None)
    wanted = ""
    if parameter is not None:
        wanted = parameter.metavar or parameter.name or ""
        if parameter.param_type_name == "option":
            wanted = parameter.opts[-1]
    words = {
        "NoSuchOption": {"name": getattr(error, "option_name", "")},
        "MissingParameter": {"name": wanted},
    }
    hint = _say("more_help", language, program=program)
    if kind in words:
        return f"{_say(f'usage_{kind}', language, **words[kind])} {hint}"
    if "command" in error.format_message().lower() and ctx is not None:
        commands = ctx.command.list_commands(ctx)
        asked = error.format_message().partition("'")[2].partition("'")[0]
        near = next(iter(get_close_matches(asked, commands, 1, 0.6)), None)
        code = "usage_no_command" if near is None else "usage_no_command_near"
        said = _say(code, language, known=", ".join(commands), asked=asked[:40], near=near)
        return f"{said} {hint}"
    return f"{_say('usage_other', language, message=error.format_message())} {hint}"


def no_district(allocation: Allocation, key: str, language: str) -> str:
    """Say that no district has a key, and which come near."""
    names, keys = allocation.districts.names, allocation.keys
    near = get_close_matches(key, [*names, *keys], n=3, cutoff=0.5)
    if near:
        return _say("no_district_near", language, key=key, near=tuple(near))
    some = tuple(f"{k} {n}" if k != n else k for k, n in zip(keys[:10], names, strict=False))
    return _say("no_district", language, key=key, known=some, count=len(keys))


def file_fault(error: OSError, language: str) -> str:
    """Say why a file was not written, and what to do."""
    name = error.filename or ""
    for code, numbers in _TROUBLES.items():
        if error.errno in numbers:
            said = messages.text(f"output.{code}", language, separator=os.sep)
            return f"{name}: {said}"
    return _say("file_trouble", language, file=name, reason=error.strerror or error)
