"""Texts of the family "rules": what the rules about the outcome came to."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules.broken": (
        "{title}：不符合，{that} 不成立。",
        "{title}: broken, {that} does not hold.",
    ),
    "rules.broken_by": (
        "{title}：不符合，{left} {operator} {right} 不成立，{off}。",
        "{title}: broken, {left} {operator} {right} does not hold, {off}.",
    ),
    "rules.broken_in_districts": (
        "{title}：{count} 个地区不符合：{districts}{unknown}。",
        "{title}: broken in {count} districts: {districts}{unknown}.",
    ),
    "rules.also_unknown": (
        "；另有 {count} 个地区无法判断",
        "; unknown in {count} more",
    ),
    "rules.unknown": (
        "{title}：无法判断，不算符合。{cause}",
        "{title}: unknown, which does not count as holding. {cause}",
    ),
    "rules.not_applicable": (
        "{title}：不适用（{applies} 不成立）。",
        "{title}: does not apply ({applies} is false).",
    ),
    "rules.missing": (
        "{formula}：缺数据{because}。",
        "{formula}: a figure is missing{because}.",
    ),
    "rules.missing_in_districts": (
        "{formula}：{count} 个地区（{districts}）缺数据{because}。",
        "{formula}: {count} districts ({districts}) lack a figure{because}.",
    ),
    "rules.because": ("（{cause}）", " ({cause})"),
    "rules.district": ("{name}（{off}）", "{name} ({off})"),
    "rules.off_by": ("差 {distance}", "off by {distance}"),
    "rules.equal": ("两边相等", "both sides are equal"),
    "rules.points": ("{figure} 个百分点", "{figure} percentage points"),
    # -- tables and sheets
    "rules.points_short": ("{figure} 个百分点", "{figure} pp"),
    "rules.shown": ("{distance}", "{distance}"),
    "rules.sheet": ("规则核对", "Rules"),
    "rules.sheet_title": ("对结果的要求，逐条核对", "The outcome, held against the rules"),
    "rules.rule": ("要求", "Rule"),
    "rules.level": ("级别", "Level"),
    "rules.result": ("结果", "Result"),
    "rules.margin": ("差额", "Margin"),
    "rules.left": ("左边", "Left side"),
    "rules.right": ("右边", "Right side"),
    "rules.statement": ("判断", "Statement"),
    "rules.source": ("依据", "Source"),
    "rules.cause": ("备注", "Remark"),
    "rules.hard": ("硬性", "hard"),
    "rules.warn": ("提示", "warn"),
    "rules.status_holds": ("符合", "holds"),
    "rules.status_broken": ("不符合", "broken"),
    "rules.status_not_applicable": ("不适用", "does not apply"),
    "rules.status_unknown": ("无法判断", "unknown"),
    "rules.in_districts": ("{result}（{count} 个地区）", "{result} (districts: {count})"),
    "rules.at": ("{distance}（{name}）", "{distance} ({name})"),
    "rules.of_district": ("　{name}", "  {name}"),
    "rules.more_districts": ("　……另有 {count} 个地区", "  ... and {count} more districts"),
    "rules.where_it_applies": ("{that}（适用：{applies}）", "{that} (where {applies})"),
    "rules.severity_error": ("硬性要求", "hard rule"),
    "rules.severity_warning": ("注意", "warning"),
    "rules.severity_note": ("说明", "for the record"),
}
