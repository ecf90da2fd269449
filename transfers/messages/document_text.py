"""Texts of the family "document" about the file and its YAML; :mod:`document` has the others."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "document.file_missing": (
        "找不到这个文件；请核对文件名和所在文件夹",
        "there is no such file; check its name and folder",
    ),
    "document.file_is_folder": (
        "这是一个文件夹；请指明其中的政策文件（.yaml）",
        "this is a folder; name the policy document (.yaml) inside it",
    ),
    "document.file_unreadable": (
        "文件无法读取（{reason}）；请确认有读取权限，且未被其他程序占用",
        "the file cannot be read ({reason}); check its permissions and that nothing locks it",
    ),
    "document.too_large": (
        "文件超过 {megabytes} MB；政策文件只写规则，大表请存为 CSV，用 file: 引用",
        "the file is larger than {megabytes} MB; keep the rules here and put large tables"
        " into a CSV that `file:` names",
    ),
    "document.workbook": (
        "这是 Excel 工作簿或压缩文件，不是政策文件；政策文件是文本（.yaml），数据表请用 file: 引用",
        "this is a workbook or an archive; a policy document is text (.yaml), and names tables"
        " with `file:`",
    ),
    "document.not_utf8": (
        "文件不是 UTF-8 编码的文本；请用文本编辑器另存为 UTF-8",
        "the file is not text in UTF-8; save it as UTF-8 in a text editor",
    ),
    "document.gb18030": (
        "文件像是 GBK/GB18030 编码；政策文件须为 UTF-8，请用编辑器另存为 UTF-8",
        "the file seems to be in GBK/GB18030; a policy document is UTF-8: save it as UTF-8",
    ),
    "document.control_character": (
        "此处有不可见字符 {character}，读到的会与看到的不一致；请删去",
        "there is an invisible character {character}, so what is read is not what is seen;"
        " remove it",
    ),
    "document.escaped_control": (
        "双引号中的转义写出了控制字符；请删去，或改用单引号",
        "an escape in double quotes makes a control character; remove it, or use single quotes",
    ),
    "document.empty": (
        "文件是空的；可从示例政策复制一份再改",
        "the document is empty; start from a copy of an example",
    ),
    "document.is_a_study": (
        "这是研究文件，而这里要政策文件；研究用 transfers compare、sweep、seek、optimise、cliffs 运行",
        "this is a study, and a policy document is needed here; studies are run by transfers compare, sweep, seek, optimise and cliffs",
    ),
    "document.not_a_policy": (
        "文件应由“键: 值”逐行组成，例如 policy: 编号（冒号用半角，后留一个空格）",
        "the document should be lines of `key: value`, such as `policy: my-policy`"
        " (a plain colon, then a space)",
    ),
    "document.several_documents": (
        "一个文件只能写一项政策；请删去分隔线 ---，或拆成几个文件",
        "a file holds one policy; remove the line `---`, or split the file",
    ),
    "document.more_faults": (
        "问题较多，只列出前面这些；请先改正再检查一遍",
        "there are more faults than are listed; mend these and check again",
    ),
    "document.duplicate_key": (
        "“{key}”在第 {first} 行已经写过，两处只有一处会生效；请删去或改名",
        "`{key}` already stands in line {first}, and only one can count; remove or rename one",
    ),
    "document.anchor": (
        "此处用了锚点 &{name}；请把内容直接写出，若是文字请加引号",
        "`&{name}` is a YAML anchor; write the content out, or quote it if it is text",
    ),
    "document.alias": (
        "此处用了引用 *{name}；请把内容直接写出，若是文字或公式请加引号",
        "`*{name}` is a YAML alias; write the content out, or quote it if it is text",
    ),
    "document.tag": (
        "此处用了类型标记 {tag}；请删去，若是文字请加引号",
        "`{tag}` is a YAML tag; remove it, or quote it if it is text",
    ),
    "document.merge_key": (
        "此处用了合并键 <<；请把内容直接写出",
        "`<<` merges another mapping; write its content out",
    ),
    "document.empty_key": (
        "冒号前面没有键名；请补上",
        "there is no key before the colon; write one",
    ),
    "document.key_not_text": (
        "键名应是一个词，这里却是列表或一组键值；若是文字或公式请加引号",
        "a key is a word, but here is a list or a mapping; quote it if it is text",
    ),
    "document.too_deep": (
        "嵌套超过 {deepest} 层；请检查括号和缩进",
        "this is nested more than {deepest} levels deep; check brackets and indentation",
    ),
    "document.formula_split": (
        "公式在花括号或方括号内被逗号拆开了；请给整个公式加引号：{formula}",
        "inside braces or brackets the commas broke this formula apart; put it in quotes:"
        " {formula}",
    ),
    "document.syntax": (
        "此处 YAML 写法有误；请检查上下几行的冒号、引号、括号和缩进",
        "this is not valid YAML; check colons, quotes, brackets and indentation around it",
    ),
    "document.tab": (
        "缩进用了制表符（Tab）；请改用空格",
        "the indentation has a tab; use spaces",
    ),
    "document.start_character": (
        "值不能以 {character} 开头；请给整个值加引号",
        "a value cannot begin with {character}; put the value in quotes",
    ),
    "document.second_colon": (
        "这一行多出一个冒号，或上一行缩进有误；值中若含冒号，请给整个值加引号",
        "there is one colon too many, or the indentation is wrong; put a value that holds a"
        " colon in quotes",
    ),
    "document.wide_colon": (
        "此处是全角冒号“：”；请改为半角冒号加一个空格",
        "this is a full-width colon; write a plain colon and a space",
    ),
    "document.wide_bracket": (
        "此处是全角括号；请改为半角的 {{ }} 或 [ ]，其中用半角逗号",
        "this is a full-width bracket; write plain {{ }} or [ ], with plain commas inside",
    ),
    "document.wide_space": (
        "行首有全角空格或不换行空格；缩进请只用普通空格",
        "this line begins with a full-width or no-break space; indent with plain spaces",
    ),
    "document.wide_comma": (
        "“{text}”只读成了一项；列表各项之间请用半角逗号，若确是一项，请加引号",
        "`{text}` is read as one entry; separate entries with plain commas, or quote it if it is"
        " one",
    ),
    "document.colon_missing": (
        "这一行缺少冒号；请写成“键: 值”，冒号后留一个空格",
        "this line lacks a colon; write `key: value`, with a space after the colon",
    ),
    "document.quote_unclosed": (
        "此处的引号没有配对；请在文字末尾补上",
        "this quote is never closed; add one at the end of the text",
    ),
    "document.escape": (
        "双引号中的反斜杠有特殊含义；请改用单引号",
        "a backslash means something in double quotes; use single quotes",
    ),
    "document.flow_bracket": (
        "花括号或方括号内不能直接写 {character}；请给整个值或公式加引号",
        "inside braces or brackets, {character} cannot stand bare; put the value or formula in"
        " quotes",
    ),
    "document.flow_unclosed": (
        "此处的括号没有配对，或其中缺少逗号；请检查到右括号为止的内容（公式里已有双引号时，外面用单引号）",
        "this bracket is never closed, or a comma is missing inside; check up to its end (around a"
        " formula that has double quotes put single ones)",
    ),
    "document.after_quote": (
        "引号之后还有内容；请给整个值加引号（内外用不同的引号）",
        "something follows the closing quote; quote the whole value, with the other kind of"
        " quotes outside",
    ),
    "document.indentation": (
        "缩进与上面各行不一致；同一层的键请左对齐",
        "the indentation does not fit the lines above; align keys of one level",
    ),
}
