"""Texts of the family "study": what can be wrong with a study document."""

TEXTS: dict[str, tuple[str, str]] = {
    "study.not_a_study": (
        "这不是研究文件：最外层应是“键: 值”，如 study: 编号、policy: 政策文件。",
        "This is no study document: its outermost level should be keys and values, such as study: id and policy: file.",
    ),
    "study.is_a_policy": (
        "这是政策文件，而这里要研究文件。请另写一份：study: 编号，policy: 这份文件，以及方案或问题（见 docs/studies）。",
        "This is a policy document, and a study is needed here: a file with study: an id, policy: this file, and variants or questions (see docs/studies).",
    ),
    "study.id": (
        "“{text}”不能作编号：只用字母、汉字、数字和 - _ .，以字母、汉字或数字开头，最多 100 个字。",
        '"{text}" cannot be an id: use letters, digits and - _ . only, begin with a letter or digit, at most 100 characters.',
    ),
    "study.baseline_as_variant": (
        "“{text}”是基准的名称，不能用作方案编号；基准的改动写在 baseline: 下。",
        '"{text}" is what the baseline is called and no id of a variant; write changes of the baseline under baseline:.',
    ),
    "study.baseline_extends": (
        "基准不能以某个方案为基础；请把改动直接写在 baseline: 下。",
        "The baseline cannot build on a variant; write its changes under baseline: directly.",
    ),
    "study.unknown_variant": (
        "没有方案“{text}”；已有：{known}。",
        'There is no variant "{text}"; there are: {known}.',
    ),
    "study.unknown_variant_near": (
        "没有方案“{text}”，是不是“{near}”？",
        'There is no variant "{text}". Did you mean "{near}"?',
    ),
    "study.extends_itself": (
        "方案“{text}”绕一圈又以自己为基础；请改掉其中一个 extends。",
        'The variant "{text}" builds on itself in the end; change one of the extends.',
    ),
    "study.rescale_unused": (
        "“{group}”中没有一个数在这里改动，不需要 rescale；请核对路径，或删去。",
        'Nothing in "{group}" is changed here, so that nothing is to be rescaled; check the path, or remove it.',
    ),
    "study.rescale_twice": (
        "“{group}”与“{other}”是同一组数，或一组在另一组之内；请只留一个。",
        '"{group}" and "{other}" are the same numbers, or one is inside the other; keep one.',
    ),
    "study.set_inside": (
        "“{path}”在“{other}”之内，后者已整个改写；请只留一个。",
        '"{path}" is inside "{other}", which is set as a whole; keep one.',
    ),
    "study.figure_twice": (
        "“{name}”已由 data 改动，这里再改“{path}”会被它盖掉；请都写在 data 下。",
        '"{name}" is changed by data already, which would undo what is set at "{path}"; write both under data.',
    ),
}
