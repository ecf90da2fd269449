"""Names of units that differ by language."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "unit.person": ("人", "person"),
    "unit.count": ("个", "count"),
    "unit.yuan": ("元", "元"),
    "unit.beside": ("{first}{sign}{second}", "{first}{sign}{second}"),
    "unit.with_figure": ("{figure} {unit}", "{figure} {unit}"),
    "unit.times_2": ("百{name}", "hundred {name}"),
    "unit.times_3": ("千{name}", "thousand {name}"),
    "unit.times_4": ("万{name}", "ten thousand {name}"),
    "unit.times_5": ("十万{name}", "hundred thousand {name}"),
    "unit.times_6": ("百万{name}", "million {name}"),
    "unit.times_7": ("千万{name}", "ten million {name}"),
    "unit.times_8": ("亿{name}", "hundred million {name}"),
    "unit.times_9": ("十亿{name}", "billion {name}"),
    "unit.times_10": ("百亿{name}", "ten billion {name}"),
    "unit.times_11": ("千亿{name}", "hundred billion {name}"),
    "unit.times_12": ("万亿{name}", "trillion {name}"),
}
