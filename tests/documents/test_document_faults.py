"""Each fault of a policy document is found at its place and said in both languages."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from tests.documents.faults_of_lists import OF_LISTS
from tests.documents.faults_of_outputs import OUTPUTS
from tests.documents.faults_of_promises import PROMISES
from tests.documents.faults_of_services import OF_SERVICES
from transfers.documents.load import check_document, read_document
from transfers.documents.overrides import apply_override
from transfers.documents.yaml_source import MAX_BYTES, scan
from transfers.errors import DocumentError, Fault
from transfers.messages.document import TEXTS

TOP = "policy: p\ndistricts: {file: d.csv, key: code}\n"
GRANTS = "grants:\n  g: {pool: 100, share: population}\n"

# code, document, (line, column, path) of the fault, a phrase of it in Chinese, one in English
TREE = [
    ("empty", "# nothing\n", (None, None, ""), "文件是空的", "document is empty"),
    ("not_a_policy", "policy\n", (1, 1, ""), "键: 值", "lines of `key: value`"),
    ("several_documents", "a: 1\n---\nb: 2\n", (2, 1, ""), "一项政策", "holds one policy"),
    ("duplicate_key", "a: 1\nb: 2\na: 3\n", (3, 1, "a"), "第 1 行", "stands in line 1"),
    ("anchor", "a: &x 1\n", (1, 4, "a"), "锚点 &x", "`&x` is a YAML anchor"),
    ("alias", "a: *x\n", (1, 4, "a"), "引用 *x", "`*x` is a YAML alias"),
    ("tag", "a: !!python/object:os.system x\n", (1, 4, "a"), "类型标记 !!py", "`!!python/object"),
    ("merge_key", "a:\n  <<: 1\n", (2, 3, "a.<<"), "合并键", "merges another mapping"),
    ("empty_key", "?\n: 1\n", (1, 2, ""), "冒号前面", "no key before the colon"),
    ("key_not_text", "? [a, b]\n: 1\n", (1, 3, ""), "键名应是一个词", "a key is a word"),
    ("too_deep", "a: " + "[" * 30, (1, 23, "a" + ".0" * 19), "超过 20 层", "more than 20 levels"),
    (
        "formula_split",
        "a: {of: max(0, gap)}",
        (1, 9, "a.of"),
        '"max(0, gap)"',
        "broke this formula",
    ),
    ("control_character", "a: 1\nb: \u200bx", (2, 4, ""), "U+200B", "invisible character U+200B"),
    ("escaped_control", 'a: "x\\0"', (1, 4, "a"), "控制字符", "control character"),
    ("tab", "a:\n\t- 1\n", (2, 1, ""), "制表符", "has a tab"),
    ("start_character", "a: @x\n", (1, 4, ""), "不能以 @ 开头", "cannot begin with @"),
    ("start_character", "a: * b\n", (1, 4, ""), "不能以 * 开头", "cannot begin with *"),
    ("empty_key", "a: 1\n: 2\n", (2, 1, ""), "冒号前面", "no key before the colon"),
    ("colon_missing", "a:\n  b 1\n  c: 2\n", (2, 3, ""), "缺少冒号", "lacks a colon"),
    ("colon_missing", "a:\n  b:1\n  c: 2\n", (2, 3, ""), "后留一个空格", "a space after"),
    ("wide_bracket", "a: 1\nb: ｛c: 1｝\n", (2, 4, ""), "全角括号", "full-width bracket"),
    (
        "wide_space",
        "a:\n  b: 1\n\u3000\u3000c: 2\n  d: 3\n",
        (3, 1, ""),
        "行首有全角空格",
        "begins with a full",
    ),
    ("second_colon", "a: b: c\n", (1, 5, ""), "多出一个冒号", "one colon too many"),
    ("wide_colon", "a: 1\ntitle：x\nb: 2\n", (2, 6, ""), "全角冒号", "full-width colon"),
    ("colon_missing", "a: 1\ntitle\nb: 2\n", (2, 1, ""), "缺少冒号", "lacks a colon"),
    ("quote_unclosed", "a: 'x\nb: 2\n", (1, 4, ""), "没有配对", "never closed"),
    ("escape", 'a: "\\q"\n', (1, 5, ""), "反斜杠", "backslash"),
    ("flow_bracket", "a: {c: t[x]}\n", (1, 9, ""), "不能直接写 [", "[ cannot stand bare"),
    ("flow_unclosed", "a: {b: 1\nc: 2\n", (1, 4, ""), "缺少逗号", "bracket is never closed"),
    ("after_quote", 'a: "b" == c\n', (1, 8, ""), "引号之后", "follows the closing quote"),
    ("indentation", "a:\n  b: 1\n c: 2\n", (3, 2, ""), "左对齐", "align keys"),
    ("syntax", "%YAML 3.0\n---\na: 1\n", (1, 1, ""), "写法有误", "not valid YAML"),
]

SHAPE = [
    ("one_of_without_text", GRANTS + "inputs: {x: {type: number, one_of: [1, 2]}}\n",
     (5, 28, "inputs.x.one_of"), "one_of 只用于文字列", "one_of is for texts"),
    ("reject_not_last", "grants:\n  g: {claim: x, if_short: [reject, scale]}\n",
     (4, 17, "grants.g.if_short"), "后面的办法不会再用", "after reject nothing else"),
    ("missing_key", "grants:\n  g: {pool: 1, level: {own: x}}\n",
     (4, 16, "grants.g.level"), "缺少“per”", "`per` is missing"),
    ("unknown_key_near", "grants:\n  g: {clam: x, claim: y}\n",
     (4, 7, "grants.g.clam"), "是否应为“claim”", "did you mean `claim`"),
    ("unknown_key", GRANTS + "money: {colour: red}\n",
     (5, 9, "money.colour"), "currency, unit, quantum", "keys here are: currency"),
    ("empty_value", "grants:\n  g:\n    claim: x\n    cap:\n",
     (6, 5, "grants.g.cap"), "“cap”后面没有内容", "stands behind `cap`"),
    ("text_split", "grants:\n  g: {title: a, b, claim: x}\n",
     (4, 17, "grants.g.b"), "花括号内的逗号把“title”的文字拆开了", "ends the text of `title`"),
    ("number_split", GRANTS + "parameters: {t: {A: 1,000}}\n",
     (5, 23, "parameters.t.000"), "“000”像是被逗号断开的数", "rest of a number"),
    ("text_expected", "grants:\n  g: {claim: [x]}\n",
     (4, 7, "grants.g.claim"), "“claim”应是一段文字", "`claim` should be a text"),
    ("mapping_expected", GRANTS + "money: 元\n",
     (5, 1, "money"), "“money”应是一组键值", "`money` should be a mapping"),
    ("list_expected", GRANTS + "inputs: {a: {one_of: A}}\n",
     (5, 14, "inputs.a.one_of"), "应是列表", "should be a list"),
    ("list_length",
     GRANTS + "parameters: {r: 1}\nsolve: {parameter: r, so_that: x == 1, within: [1]}\n",
     (6, 40, "solve.within"), "恰好写 2 个", "exactly 2 values"),
    ("empty_list", GRANTS + "inputs: {a: {one_of: []}}\n",
     (5, 14, "inputs.a.one_of"), "至少应有一项", "at least one entry"),
    ("empty_text", GRANTS + "parameters: {r: {file: '', key: a, value: b}}\n",
     (5, 18, "parameters.r.file"), "“file”是空的", "`file` is an empty text"),
    ("not_one_of", GRANTS + "inputs: {a: {nil: 9}}\n",
     (5, 19, "inputs.a.nil"), "可选：missing, zero", "choose from: missing, zero"),
    ("not_one_of_near", GRANTS + "inputs: {a: {role: prier}}\n",
     (5, 20, "inputs.a.role"), "是否应为“prior”", "did you mean `prior`"),
    ("number_expected", "grants:\n  g: {pool: 1, share: {factors: {a: [1]}}}\n",
     (4, 37, "grants.g.share.factors.a"), "应写一个数", "a number belongs here"),
    ("not_a_number", GRANTS + "parameters: {r: １２}\n",
     (5, 17, "parameters.r"), "“１２”不是可识别的数", "`１２` is not a number"),
    ("number_with_unit", GRANTS + "parameters: {r: 25万元}\n",
     (5, 17, "parameters.r"), "“25万元”带了单位", "`25万元` has a unit"),
    ("wide_comma", GRANTS + "inputs: {a: {one_of: [A、B]}}\n",
     (5, 23, "inputs.a.one_of.0"), "请用半角逗号", "plain commas"),
    ("not_a_number", GRANTS + "parameters: {r: NaN}\n",
     (5, 17, "parameters.r"), "“NaN”不是可识别的数", "`NaN` is not a number"),
    ("value_expected", GRANTS + "parameters: {r: —}\n",
     (5, 17, "parameters.r"), "参数需要一个值", "needs a value"),
    ("not_whole", "year: 2026年\n" + GRANTS,
     (3, 7, "year"), "0 到 9999", "whole number from 0 to 9999"),
    ("unknown_key_near", GRANTS + "parameters: {r: [{upto: 1, value: 2}]}\n",
     (5, 19, "parameters.r.0.upto"), "是否应为“up_to”", "did you mean `up_to`"),
    ("mixed_table", GRANTS + "parameters: {r: {A: [{value: 1}], B: 2}}\n",
     (5, 21, "parameters.r.A"), "“A”", "`A` is a table"),
    ("mixed_table", GRANTS + "parameters: {r: {A: [{value: 1}], B: {x: 2}}}\n",
     (5, 38, "parameters.r.B"), "“B”", "`B` is a table"),
    ("points_and_steps", GRANTS + "parameters: {r: {A: [{value: 1}], B: [{at: 1, value: 1}]}}\n",
     (5, 38, "parameters.r.B"), "不能混在一个表里", "do not mix"),
    ("steps_not_ascending",
     GRANTS
     + "parameters: {r: {A: [{value: 1}], B: [{up_to: 2, value: 1}, {up_to: 2, value: 1}]}}\n",
     (5, 61, "parameters.r.B.1"), "不高于前一档", "no further than the one before"),
    ("number_too_long", GRANTS + "parameters: {r: 1e999}\n",
     (5, 17, "parameters.r"), "位数过多", "too many digits"),
    ("not_whole", "year: 20.5\n" + GRANTS,
     (3, 7, "year"), "“20.5”不合适", "whole number from 0 to 9999"),
    ("too_many_digits", GRANTS + "outputs: {o: {formula: g, digits: 99}}\n",
     (5, 35, "outputs.o.digits"), "小数位数应为", "number of decimals"),
    ("below_min", GRANTS + "parameters: {r: {value: 1, min: 2}}\n",
     (5, 25, "parameters.r.value"), "最小值 2", "minimum 2"),
    ("above_max", GRANTS + "parameters: {r: {value: {A: 3}, max: 2.5}}\n",
     (5, 29, "parameters.r.value.A"), "最大值 2.5", "maximum 2.5"),
    ("min_above_max", GRANTS + "inputs: {a: {min: 2, max: 1}}\n",
     (5, 14, "inputs.a.min"), "最小值 2 大于最大值 1", "minimum 2 is above the maximum 1"),
    ("sum_of", GRANTS + "inputs: {a: {sum_of: [b]}, c: {}}\n",
     (5, 23, "inputs.a.sum_of.0"), "“b”不是 inputs 中的另一列", "`b` is no other input"),
    ("range_without_number", GRANTS + "inputs: {a: {type: text, min: 1}}\n",
     (5, 26, "inputs.a.min"), "type 为 text", "column of type text"),
    ("quantum_not_positive", GRANTS + "money: {quantum: 0}\n",
     (5, 9, "money.quantum"), "应大于零", "is above zero"),
    ("quantum_not_multiple", "grants:\n  g: {claim: x, rounding: {rule: webster, quantum: 1.5}}\n",
     (4, 43, "grants.g.rounding.quantum"), "（1）的正整数倍", "multiple of money.quantum (1)"),
    ("quantum_too_large", "grants:\n  g: {claim: x, rounding: {quantum: 1e13}}\n",
     (4, 28, "grants.g.rounding.quantum"), "一万亿倍", "10^12 times"),
    ("name", GRANTS + "inputs: {2a: {}}\n",
     (5, 10, "inputs.2a"), "“2a”不能作名称", "`2a` cannot be a name"),
    ("name_twin", GRANTS + "inputs: {ａ: {}}\n",
     (5, 10, "inputs.ａ"), "请改写为“a”", "write `a`"),
    ("name_reserved", GRANTS + "inputs: {Max: {}}\n",
     (5, 10, "inputs.Max"), "“Max”在公式或结果表中另有含义", "such as Max_1"),
    ("name_taken", GRANTS + "inputs: {g: {}}\n",
     (5, 10, "inputs.g"), "已用于 4:3 grants.g", "stands for 4:3 grants.g"),
    ("value_expected", GRANTS + "parameters: {r: null}\n",
     (5, 17, "parameters.r"), "参数需要一个值", "needs a value"),
    ("column_expected", GRANTS + "parameters: {r: {file: f, key: a, value: [b]}}\n",
     (5, 42, "parameters.r.value"), "列名", "name of the column"),
    ("file_edge", GRANTS + "parameters: {r: {file: f, value: b}}\n",
     (5, 14, "parameters.r"), "写明一列", "name one column"),
    ("inner_without_key", GRANTS + "parameters: {r: {file: f, up_to: a, inner_key: c, value: b}}\n",
     (5, 37, "parameters.r.inner_key"), "第一级的列", "name that column by `key`"),
    ("edge_without_file", GRANTS + "parameters: {r: {value: 1, at: b}}\n",
     (5, 28, "parameters.r.at"), "请写明 file", "add `file`"),
    ("empty_table", GRANTS + "parameters: {r: {}}\n",
     (5, 17, "parameters.r"), "表中没有内容", "table is empty"),
    ("mixed_table", GRANTS + "parameters: {r: {a: 1, b: {c: 2}}}\n",
     (5, 27, "parameters.r.b"), "请统一写法", "write all entries alike"),
    ("table_too_deep", GRANTS + "parameters: {r: {a: {b: {c: 2}}}}\n",
     (5, 25, "parameters.r.a.b"), "最多两层", "at most two levels"),
    ("step_expected", GRANTS + "parameters: {r: [1]}\n",
     (5, 18, "parameters.r.0"), "{up_to: 上限", "{up_to: edge, value: v}"),
    ("step_edge", GRANTS + "parameters: {r: [{value: 1}, {value: 2}]}\n",
     (5, 18, "parameters.r.0"), "恰好写一个上限", "exactly one of up_to"),
    ("points_and_steps", GRANTS + "parameters: {r: [{at: 1, value: 1}, {below: 2, value: 2}]}\n",
     (5, 37, "parameters.r.1"), "不能混在一个表", "do not mix"),
    ("steps_not_ascending",
     GRANTS + "parameters: {r: [{up_to: 2, value: 1}, {below: 2, value: 2}]}\n",
     (5, 40, "parameters.r.1"), "从低到高", "from low to high"),
    ("method_missing", "grants:\n  g: {pool: 1}\n",
     (4, 3, "grants.g"), "share 按权重分、claim 按应得额核定、level", "no method is given"),
    ("method_several", "grants:\n  g: {pool: 1, share: a, claim: b}\n",
     (4, 3, "grants.g"), "同时写了 share, claim", "share, claim stand side by side"),
    ("pool_missing", "grants:\n  g: {share: a}\n",
     (4, 3, "grants.g"), "请写明 pool", "share divides a pool"),
    ("within_without_pool", "grants:\n  g: {claim: a, within: b}\n",
     (4, 17, "grants.g.within"), "分到各组", "there is no pool"),
    ("factors_missing", "grants:\n  g: {pool: 1, share: {coefficient: b}}\n",
     (4, 16, "grants.g.share"), "应写 factors", "needs `factors`"),
    ("factors_and_formula", "grants:\n  g: {pool: 1, share: {formula: b, factors: {b: 1}}}\n",
     (4, 16, "grants.g.share"), "只能写一个", "exclude each other"),
    ("weight_negative", "grants:\n  g: {pool: 1, share: {factors: {a: 2, b: -1}}}\n",
     (4, 40, "grants.g.share.factors.b"), "权重不能为负", "weight is not negative"),
    ("weights_sum", "grants:\n  g: {pool: 1, share: {factors: {a: 60%, b: 30%}}}\n",
     (4, 24, "grants.g.share.factors"),
     "合计 90%，应为 100%（相差 10%）", "add up to 90%, not 100% (off by 10%)"),
    ("to_most_column", "grants:\n  g: {claim: x, rounding: to_most}\n",
     (4, 17, "grants.g.rounding"),
     "rounding: {to_most: population}", "rounding: {to_most: population}"),
    ("rule_and_to_most", "grants:\n  g: {claim: x, rounding: {rule: half_up, to_most: a}}\n",
     (4, 17, "grants.g.rounding"), "half_up 与 to_most", "half_up and to_most"),
    ("replaces_unknown", "grants:\n  g: {claim: x, replaces: h}\n  h: {claim: x}\n",
     (4, 17, "grants.g.replaces"), "没有名为“h”的资金", "no grant `h` stands above"),
    ("unknown_reserve", "reserves: {fund: 3}\ngrants:\n  g: {claim: x, if_short: [rainy_day]}\n",
     (5, 28, "grants.g.if_short.0"), "没有名为“rainy_day”的储备", "no reserve `rainy_day`"),
    ("reserve_name", "reserves: {scale: 3}\n" + GRANTS,
     (3, 12, "reserves.scale"), "“scale”在 if_short 中另有含义", "`scale` means something"),
    ("reserve_twice", "reserves: {a: 3}\ngrants:\n  g: {claim: x, if_short: [a, a]}\n",
     (5, 31, "grants.g.if_short.1"), "储备“a”写了两次", "the reserve `a` stands here twice"),
    ("reserve_after_scale", "reserves: {a: 3}\ngrants:\n  g: {claim: x, if_short: [scale, a]}\n",
     (5, 35, "grants.g.if_short.1"), "把它移到 scale 前面", "put it before scale"),
    ("reserve_in_stage",
     "reserves: {a: 3}\n" + GRANTS + "quantities: {s: {claim: x, if_short: a}}\n",
     (6, 38, "quantities.s.if_short"), "不能动用储备“a”", "cannot draw the reserve `a`"),
    ("stands_below", "budget: {amount: 9, draw: a}\n" + GRANTS + "reserves: {a: 3}\n",
     (6, 1, "reserves"), "移到 budget 前面", "move reserves above budget"),
    ("stands_below",
     "reserves: {a: 3}\n" + GRANTS + "budget: {amount: 9, remainder: a}\n",
     (6, 1, "budget"), "移到 grants 前面", "move budget above grants"),
    ("replaces_reserve",
     "reserves: {a: 3}\ngrants:\n  g: {claim: x, unspent: a}\n  h: {claim: x, replaces: g}\n",
     (6, 27, "grants.h.replaces"), "“g”动用或存入储备“a”", "`g` draws from or returns to"),
    ("replaces_draw",
     "reserves: {a: 3}\nbudget: {amount: 9, draw: a}\n"
     "grants:\n  g: {claim: x}\n  h: {claim: x, replaces: g}\n",
     (7, 27, "grants.h.replaces"), "预算写了 draw: a", "with draw: a in the budget"),
    ("replaces_contributions",
     "grants:\n  g: {claim: x, contributions: pool}\n  h: {claim: x, replaces: g}\n",
     (5, 27, "grants.h.replaces"), "“g”有各地上解", "districts pay into `g`"),
    ("key_in_levy", "grants:\n  g: {collect: 5, share: x, pool: 5}\n",
     (4, 29, "grants.g.pool"), "pool 在这里没有作用", "`pool` has no use here"),
    ("levy_without_share", "grants:\n  g: {collect: 5}\n",
     (4, 3, "grants.g"), "按 share 分摊到各地", "divided by share"),
    ("reserve_in_levy",
     "reserves: {a: 3}\ngrants:\n  g: {collect: 5, share: x, if_short: [a, scale]}\n",
     (5, 40, "grants.g.if_short.0"), "不能动用储备“a”", "cannot draw the reserve `a`"),
    ("levy_into_pool", "grants:\n  g: {collect: 5, share: x, contributions: pool}\n",
     (4, 44, "grants.g.contributions"), "没有可并入的资金", "there is no pool here to pay into"),
    ("nothing_paid_in", "grants:\n  g: {pool: 5, share: x, contributions: pool}\n",
     (4, 41, "grants.g.contributions"), "按 share 分配的数不会为负", "what share gives is never"),
    ("contributions_without_budget", "grants:\n  g: {claim: x, contributions: budget}\n",
     (4, 32, "grants.g.contributions"), "文件却没有 budget", "the document has none"),
    ("stands_below", "grants:\n  g: {claim: x, contributions: budget}\nbudget: 9\n",
     (5, 1, "budget"), "移到 grants 前面", "move budget above grants"),
    ("reserve_name", "reserves: {pool: 3}\n" + GRANTS,
     (3, 12, "reserves.pool"), "“pool”在 contributions 中另有含义", "`pool` means something"),
    ("unknown_reserve", "reserves: {a: 3}\ngrants:\n  g: {claim: x, contributions: rainy_day}\n",
     (5, 32, "grants.g.contributions"), "没有名为“rainy_day”的储备", "no reserve `rainy_day`"),
    ("unknown_reserve", "reserves: {a: 3}\ngrants:\n  g: {claim: x, draw: rainy_day}\n",
     (5, 23, "grants.g.draw"), "没有名为“rainy_day”的储备", "no reserve `rainy_day`"),
    ("replaces_reserve",
     "reserves: {a: 3}\ngrants:\n  g: {claim: x, draw: a}\n  h: {claim: x, replaces: g}\n",
     (6, 27, "grants.h.replaces"), "“g”动用或存入储备“a”", "`g` draws from or returns to"),
    ("grant_key_in_stage", GRANTS + "quantities: {s: {claim: x, unspent: none}}\n",
     (5, 28, "quantities.s.unspent"), "unspent 只用于实际拨付", "unspent belongs to grants"),
    ("formula_and_stage", GRANTS + "quantities: {s: {formula: x, claim: x}}\n",
     (5, 14, "quantities.s"), "又写了 claim", "stands beside claim"),
    ("quantity_empty", GRANTS + "quantities: {s: {title: x}}\n",
     (5, 14, "quantities.s"), "没有写明怎么算", "nothing says how"),
    ("solve_parameter",
     GRANTS + "parameters: {r: 1}\nsolve: {parameter: q, so_that: x == 1, within: [0, 1]}\n",
     (6, 9, "solve.parameter"), "可选：r", "choose from: r"),
    ("within_empty",
     GRANTS + "parameters: {r: 1}\nsolve: {parameter: r, so_that: x == 1, within: [1, 1]}\n",
     (6, 40, "solve.within"), "低值应小于高值", "put the lower first"),
    *OUTPUTS,
]  # fmt: skip

SHAPE += OF_LISTS + PROMISES + OF_SERVICES

ELSEWHERE = {
    "path_of_data", "weights_percent", "is_a_study",
    "file_missing", "file_is_folder", "file_unreadable", "too_large", "not_utf8", "gb18030",
    "workbook", "empty_change",
    "more_faults", "not_understood", "policy_id", "unknown_path", "unknown_path_near",
    "header_rows", "percent_beside_unit", "or_scale",
}  # fmt: skip


def faults_of(text: str, overrides: dict[str, str] | None = None) -> tuple[Fault, ...]:
    """Return the faults of a document; none where it is right."""
    try:
        check_document(*scan(text, "p.yaml"), overrides or {})
    except DocumentError as error:
        return error.faults
    return ()


def assert_said(fault: Fault, code: str, chinese: str, english: str) -> None:
    assert fault.code == f"document.{code}"
    assert chinese in fault.text("zh")
    assert english in fault.text("en")


@pytest.mark.parametrize(("code", "text", "at", "chinese", "english"), TREE)
def test_a_fault_of_the_tree_is_found_at_its_place(
    code: str, text: str, at: tuple[int, int, str], chinese: str, english: str
) -> None:
    fault = next(fault for fault in faults_of(text) if fault.code == f"document.{code}")
    assert_said(fault, code, chinese, english)
    assert (fault.place.line, fault.place.column, fault.place.path) == at


@pytest.mark.parametrize(("code", "body", "at", "chinese", "english"), SHAPE)
def test_a_fault_of_the_document_is_the_only_one_and_at_its_place(
    code: str, body: str, at: tuple[int, int, str], chinese: str, english: str
) -> None:
    (fault,) = faults_of(TOP + body)
    assert_said(fault, code, chinese, english)
    assert (fault.place.line, fault.place.column, fault.place.path) == at


@pytest.mark.parametrize("rows", ["0", "[4, 3]", "[1, 2, 3]", "[1, 20]"])
def test_a_header_is_one_row_or_a_short_range(rows: str) -> None:
    (fault,) = faults_of(TOP.replace("key: code", f"key: code, header: {rows}") + GRANTS)
    assert_said(fault, "header_rows", "首行和末行", "its first and last")
    assert str(fault.place) == "p.yaml:2:45 districts.header"
    assert not faults_of(TOP.replace("key: code", "key: code, header: [3, 4]") + GRANTS)


@pytest.mark.parametrize(
    "text",
    [
        "policy: p\ndistricts: {file: d.csv, key: code, header: []}\n" + GRANTS,
        TOP + GRANTS + "inputs: {x: {header: []}}\n",
        TOP + GRANTS + "lists: {s: {file: s.csv, key: k, header: []}}\n",
    ],
)
def test_a_header_of_no_rows_is_an_empty_list(text: str) -> None:
    assert "document.empty_list" in [fault.code for fault in faults_of(text)]


@pytest.mark.parametrize("policy_id", ["../x", ".x", "a b", "a/b", "-x", "x" * 101])
def test_a_policy_id_is_fit_to_name_a_file(policy_id: str) -> None:
    (fault,) = faults_of(TOP.replace("policy: p", f"policy: '{policy_id}'") + GRANTS)
    assert_said(fault, "policy_id", "政策编号“", "the policy's id `")


@pytest.mark.parametrize("policy_id", ["江门-2026_v1.0", "0101", "_a"])
def test_a_policy_id_may_have_chinese_digits_and_signs(policy_id: str) -> None:
    assert not faults_of(TOP.replace("policy: p", f"policy: {policy_id}") + GRANTS)


def test_files_that_cannot_be_read_are_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "utf16.yaml").write_bytes("policy: 甲".encode("utf-16"))
    (tmp_path / "gbk.yaml").write_bytes("policy: p\ntitle: 江门市".encode("gb18030"))
    (tmp_path / "book.yaml").write_bytes(b"PK\x03\x04")
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    expected = {
        "none.yaml": ("file_missing", "找不到这个文件", "there is no such file"),
        ".": ("file_is_folder", "这是一个文件夹", "this is a folder"),
        "a\0b": ("file_unreadable", "文件无法读取", "cannot be read"),
        "utf16.yaml": ("not_utf8", "另存为 UTF-8", "not text in UTF-8"),
        "book.yaml": ("workbook", "Excel 工作簿", "a workbook"),
        "gbk.yaml": ("gb18030", "像是 GBK/GB18030", "seems to be in GBK/GB18030"),
        "large.yaml": ("too_large", "超过 5 MB", "larger than 5 MB"),
    }
    for name, (code, chinese, english) in expected.items():
        with pytest.raises(DocumentError) as caught:
            read_document(str(tmp_path / name))
        (fault,) = caught.value.faults
        assert_said(fault, code, chinese, english)
    assert caught.value.faults[0].place.file == str(tmp_path / "large.yaml")


def test_gb18030_is_told_with_the_first_line_that_shows_it(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("policy: p\ntitle: 江门市".encode("gb18030"))
    with pytest.raises(DocumentError) as caught:
        read_document(str(tmp_path / "gbk.yaml"))
    assert caught.value.faults[0].place.line == 2


def test_a_byte_order_mark_is_read_and_columns_stay_true(tmp_path: Path) -> None:
    (tmp_path / "bom.yaml").write_text(TOP + GRANTS, encoding="utf-8-sig")
    document = read_document(str(tmp_path / "bom.yaml"))
    assert document.model.policy == "p"
    assert document.place("policy").column == 1


def test_all_faults_are_reported_together_in_reading_order() -> None:
    body = (
        "money: {unit: 元, unit: 万元}\n"
        "inputs: {max: {}}\n"
        "parameters: {r: 1,5, t: {A: x}}\n"
        "grants:\n  g: {pol: 1, share: a}\n  h: {claim: &x a, kind: speciel}\n"
    )
    found = faults_of(TOP + body)
    codes = [fault.code.removeprefix("document.") for fault in found]
    assert codes == [
        *("duplicate_key", "name_reserved", "number_split", "not_a_number"),
        *("pool_missing", "unknown_key_near", "anchor", "not_one_of_near"),
    ]
    assert [fault.place.line for fault in found] == sorted(fault.place.line or 0 for fault in found)


def test_a_wrong_item_is_not_also_told_as_a_wrong_length() -> None:
    body = "grants:\n  g: {claim: x, if_short: [rejct]}\ninputs: {a: {one_of: [[x]]}}\n"
    codes = [fault.code for fault in faults_of(TOP + body)]
    assert codes == ["document.not_one_of_near", "document.text_expected"]


def test_a_syntax_error_comes_with_the_faults_found_before_it() -> None:
    with pytest.raises(DocumentError) as caught:
        scan("a: 1\na: 2\nb: [1\n", "p.yaml")
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["document.duplicate_key", "document.flow_unclosed"]


def test_a_hundred_faults_are_listed_and_the_rest_is_owed_up_to() -> None:
    for text in (
        "".join(f"k{n}: &a 1\n" for n in range(300)),
        "".join(f"k{n}: 1\n" for n in range(300)),
    ):
        found = faults_of(text)
        assert len(found) == 101
        assert_said(found[-1], "more_faults", "只列出前面这些", "more faults than are listed")


def test_an_error_without_words_of_its_own_is_still_told_with_its_place() -> None:
    values = {"key": "x"}
    assert_said(
        Fault("document.not_understood", values=values), "not_understood", "无法识别", "cannot be"
    )


def test_a_path_that_is_not_there_is_refused_in_both_languages() -> None:
    source, _ = scan(TOP + GRANTS, "p.yaml")
    for path, code, chinese, english in (
        (
            "grants.g.poll",
            "unknown_path_near",
            "是否应为“grants.g.pool”",
            "did you mean `grants.g.pool`",
        ),
        ("zzz", "unknown_path", "没有路径“zzz”", "has no path `zzz`"),
    ):
        with pytest.raises(DocumentError) as caught:
            apply_override(source, path, "1")
        (fault,) = caught.value.faults
        assert_said(fault, code, chinese, english)


def test_a_plain_number_in_place_of_a_percentage_is_refused_in_both_languages() -> None:
    source, _ = scan(TOP + "parameters: {cap: 25%}\n" + GRANTS, "p.yaml")
    with pytest.raises(DocumentError) as caught:
        apply_override(source, "parameters.cap", "15")
    (fault,) = caught.value.faults
    assert_said(fault, "percent_meant", "原值是 25%", "the value is 25%")
    assert "15% or 1500%" in fault.text("en")
    for meant in ("15%", "0.15", "1500%"):
        assert apply_override(source, "parameters.cap", meant).data["parameters"]["cap"] == meant


def test_a_decimal_in_place_of_a_hundred_per_cent_or_more_is_what_it_is() -> None:
    """1.35 in place of 135% is the same; 2 may be 2% or 200%, and 1.35 beside 10% is unlikely."""
    text = "parameters: {heads: {city: 135%, land: 10%, all: 100%}}\n"
    source, _ = scan(TOP + text + GRANTS, "p.yaml")
    for name, meant in (("city", "1.35"), ("all", "1.2"), ("city", "-1.5"), ("land", "0.7")):
        changed = apply_override(source, f"parameters.heads.{name}", meant)
        assert changed.data["parameters"]["heads"][name] == meant
    for name, doubtful in (("city", "2"), ("land", "1.35"), ("all", "1.0")):
        with pytest.raises(DocumentError) as caught:
            apply_override(source, f"parameters.heads.{name}", doubtful)
        assert caught.value.faults[0].code == "document.percent_meant"


def test_every_text_is_asserted_somewhere_here() -> None:
    asserted = {row[0] for row in TREE} | {row[0] for row in SHAPE} | ELSEWHERE
    asserted.add("percent_meant")
    assert {f"document.{code}" for code in asserted} == set(TEXTS)


def test_both_languages_use_the_same_words_from_the_fault() -> None:
    for code, pair in TEXTS.items():
        chinese, english = (
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in pair
        )
        assert chinese >= english - {"key", "text"} and english >= chinese - {"key", "text"}, code


def test_a_message_never_ends_in_a_full_stop_and_fits_a_screen() -> None:
    for code, pair in TEXTS.items():
        for text in pair:
            assert not text.endswith((".", "。")) and len(text) <= 200, code
