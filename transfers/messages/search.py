"""Texts about the search for tables that break a promise."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "search.does_not_hold": (
        "{left} {sign} {right} 不成立",
        "{left} {sign} {right} does not hold",
    ),
    "search.broke_once": (
        "在这张表上核对时违背过，单独再核对时没有再出现：结果不应取决于同时计算的其他表。"
        "请保存本报告并告知软件维护者，金额先不要采用",
        "it was broken on this table, and not when the table was tried again by itself: results"
        " must not depend on what else is computed. Keep this report and tell those who maintain"
        " the program, and do not use the amounts before that",
    ),
    "search.why_no_role": (
        "没有一列的含义（role）是 {roles}",
        "no input has the role {roles}",
    ),
    "search.why_nobody_paid": (
        "所试的表都不能拨付，没有可核对的金额",
        "no table that was tried pays anybody, so there were no amounts to look at",
    ),
    "search.why_no_time": (
        "时间已用完，尚未试到本承诺所说的情形；可加大 --seconds",
        "time ran out before a table was tried that has what this promise is about; a larger "
        "--seconds tries more",
    ),
    "search.why_nothing": (
        "所试的表里没有出现本承诺所说的情形",
        "no table that was tried had what this promise is about",
    ),
    "search.no_replay": (
        "不是 transfers check 写出的重放文件：{why}",
        "this is no replay that transfers check wrote: {why}",
    ),
    "search.replay_table": (
        "与政策文件的各列（inputs）对不上；政策改了列，请重新运行 transfers check",
        "this does not fit the inputs of the policy; where the policy has other inputs now, run"
        " transfers check again",
    ),
    "search.replay_promise": (
        "政策文件里已没有 {promise} 这一承诺",
        "the policy does not have the promise {promise} any more",
    ),
}
