"""Texts of the family "template": the workbook to be filled in with a policy's figures."""

TEXTS: dict[str, tuple[str, str]] = {
    "template.sheet_figures": ("数据", "Figures"),
    "template.sheet_notes": ("说明", "Notes"),
    "template.title": ("{title}：地区数据", "{title}: figures by district"),
    "template.how_to_fill": (
        "一个地区一行。没有的数留空，不要填 0；列名、单位行不要改。各列含义见“说明”。",
        "One row per district. Leave blank what is not known, do not write 0; keep the headings and the row of units. What each column means: see Notes.",
    ),
    "template.items_title": (
        "{title}：各地区各项目的数（{list}）",
        "{title}: figures by district and item ({list})",
    ),
    "template.how_to_fill_items": (
        "一个地区的一个项目一行，行的次序不论。没有的数留空，不要填 0；列名、单位行不要改。各列含义见“说明”。",
        "One row per district and item, in any order. Leave blank what is not known, do not write 0; keep the headings and the row of units. What each column means: see Notes.",
    ),
    "template.run_filled": (
        "这个工作簿里各表都填好后，这样测算：transfers run 政策文件 --districts 本工作簿 {settings}（各项目的数随地区数据一起从本工作簿读取）。",
        "When all sheets of this workbook are filled in, run: transfers run POLICY --districts THIS_WORKBOOK {settings} (the figures of items are then read from this workbook too).",
    ),
    "template.run_filled_rows": (
        "填好后这样测算：transfers run 政策文件 --districts 本工作簿 {settings}（这里只列了要读的地区，不必再筛选）。",
        "When filled in, run: transfers run POLICY --districts THIS_WORKBOOK {settings} (only districts that are read are listed here, so no row is left out).",
    ),
    "template.item_key": ("项目代码", "The item's key"),
    "template.item_name": ("项目名称", "The item's name"),
    "template.item_fill_in": ("只能填清单“{list}”中的代码", "A key of the list “{list}”"),
    "template.unit": ("单位", "Unit"),
    "template.notes_title": ("各列填什么", "What each column holds"),
    # -- headings of the second sheet ----------------------------------------------------------
    "template.column": ("列名", "Column"),
    "template.name": ("政策文件中的名称", "Name in the policy"),
    "template.means": ("含义", "Meaning"),
    "template.fill_in": ("填什么", "What to fill in"),
    "template.blank": ("留空表示", "A blank means"),
    "template.dash": ("“—”表示", "A dash means"),
    "template.source": ("依据", "Source"),
    "template.note": ("备注", "Note"),
    # -- what to fill in -----------------------------------------------------------------------
    "template.key": ("地区代码", "The district's key"),
    "template.key_fill_in": ("文字；不能空，不能重复", "A text; never blank, never twice"),
    "template.district_name": ("地区名称", "The district's name"),
    "template.number": ("数", "A number"),
    "template.number_between": ("{least} 至 {most} 的数", "A number from {least} to {most}"),
    "template.number_least": ("不小于 {least} 的数", "A number not below {least}"),
    "template.number_most": ("不大于 {most} 的数", "A number not above {most}"),
    "template.percent": (
        "{number}；百分之十四填 14，不打百分号",
        "{number}; for 14 per cent write 14, without the sign",
    ),
    "template.text": ("文字", "A text"),
    "template.one_of": ("只能填：{allowed}", "One of: {allowed}"),
    "template.yes_no": ("是或否", "yes or no"),
    "template.yes": ("是", "yes"),
    "template.no": ("否", "no"),
    "template.missing": ("缺失", "missing"),
    "template.zero": ("零", "zero"),
    "template.in_unit": ("单位：{unit}", "Unit: {unit}"),
}
