"""The drawings of the page, as SVG without a library: rectangles, text and patterns, every text escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from markupsafe import Markup

from mixrules.report.page.look import LOOKS, UNSURE, Look, label, look
from mixrules.report.page.stack import Building, Landing, Unit

UNIT, HEIGHT, GAP, MARGIN = 54, 40, 12, 64
Say = Callable[[str], str]


def patterns() -> Markup:
    """The patterns that the drawings use, defined once for the page."""
    drawn = {
        "up": '<path d="M0 8 8 0" stroke="#000" stroke-opacity=".45"/>',
        "down": '<path d="M0 0 8 8" stroke="#000" stroke-opacity=".45"/>',
        "dots": '<circle cx="4" cy="4" r="1.3" fill="#000" fill-opacity=".5"/>',
        "cross": '<path d="M0 0 8 8M0 8 8 0" stroke="#000" stroke-opacity=".3"/>',
    }
    cells = "".join(
        f'<pattern id="p-{name}" width="8" height="8" patternUnits="userSpaceOnUse">{shape}</pattern>'
        for name, shape in drawn.items()
    )
    head = '<svg width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    return Markup(f"{head}{cells}</defs></svg>")  # noqa: S704 - nothing of it comes from a file


def building(held: Building, index: int, say: Say, titles: dict[str, str]) -> Markup:
    """A building: stairwells side by side, floors from the top, landings framed, failing ones outlined."""
    widths = [_width(well.floors.values()) for well in held.stairwells]
    width = MARGIN + sum(widths) + GAP * len(widths)
    height = 26 + (HEIGHT + GAP) * len(held.floors)
    parts = [
        Markup('<svg class="stack" viewBox="0 0 {} {}" width="{}" role="group" aria-label="{}">').format(
            width, height, width, f"{say('building')} {held.name}"
        )
    ]
    left = MARGIN
    for well, span in zip(held.stairwells, widths, strict=True):
        name = f"{say('stairwell')} {well.name}" if well.name else ""
        parts.append(_text(left, 14, name, "head"))
        for row, floor in enumerate(held.floors):
            top = 24 + row * (HEIGHT + GAP)
            x = left
            for landing in well.floors.get(floor, []):
                parts.append(_landing(landing, x, top, index, say, titles))
                x += UNIT * len(landing.units) + GAP
        left += span + GAP
    for row, floor in enumerate(held.floors):
        parts.append(_text(0, 24 + row * (HEIGHT + GAP) + HEIGHT // 2 + 4, floor, "floor"))
    return Markup("").join([*parts, Markup("</svg>")])


def _width(floors: Iterable[Sequence[Landing]]) -> int:
    return max((sum(UNIT * len(one.units) + GAP for one in landings) for landings in floors), default=UNIT)


def _landing(landing: Landing, left: int, top: int, index: int, say: Say, titles: dict[str, str]) -> Markup:
    state = "fails" if landing.fails else "doubts" if landing.doubts else "holds"
    named = [titles.get(rule, rule) for rule in landing.fails or landing.doubts]
    told = f"{say('landing')} {landing.floor} {landing.name}".strip()
    if named:
        told += f" – {say(state)}: {', '.join(named)}"
    frame = Markup(
        '<g class="landing {}" id="landings-{}"><title>{}</title>'
        '<rect class="frame" x="{}" y="{}" width="{}" height="{}" rx="3"/>'
    ).format(state, landing.number, told, left - 3, top - 3, UNIT * len(landing.units) + 4, HEIGHT + 6)
    units = [_unit(unit, left + UNIT * place, top, index, say) for place, unit in enumerate(landing.units)]
    mark = _text(
        left + UNIT * len(landing.units) - 8, top + 8, {"fails": "✗", "doubts": "?"}.get(state, ""), "mark"
    )
    return Markup("").join([frame, *units, mark, Markup("</g>")])


def _unit(unit: Unit, left: int, top: int, index: int, say: Say) -> Markup:
    seen = look(unit.tenures)
    told = " · ".join(described(unit, index, say))
    many = f"{unit.count} × " if unit.count > 1 else ""
    return Markup(
        '<g class="unit" id="dwellings-{number}" tabindex="0" role="button" data-told="{told}">'
        "<title>{told}</title>{box}"
        '<text x="{x}" y="{y}" fill="{ink}" stroke="{fill}">{rooms}</text>'
        '<text x="{x}" y="{z}" fill="{ink}" stroke="{fill}">{short}</text></g>'
    ).format(
        number=unit.number,
        told=told,
        box=_box(seen, left, top, UNIT - 4, HEIGHT),
        x=left + 4,
        y=top + 16,
        z=top + 32,
        ink=seen.ink,
        fill=seen.fill,
        rooms=f"{many}T{unit.rooms}" if unit.rooms else f"{many}T?",
        short=seen.short,
    )


def described(unit: Unit, index: int, say: Say) -> Iterator[str]:
    """A dwelling in words."""
    if unit.lot:
        yield f"{say('lot')} {unit.lot}"
    if unit.count > 1:
        yield f"{unit.count} {say('dwellings')}"
    yield f"T{unit.rooms}" if unit.rooms else f"{say('rooms')} ?"
    yield f"{unit.area} m²" if unit.area else f"{say('area')} ?"
    yield label(unit.tenures, index)


def _box(seen: Look, left: float, top: float, width: float, height: float) -> Markup:
    plain = Markup(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="#333" vector-effect="non-scaling-stroke"/>'
    ).format(left, top, width, height, seen.fill)
    if seen.pattern == "solid":
        return plain
    over = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="url(#p-{})"/>')
    return plain + over.format(left, top, width, height, seen.pattern)


def legend(tenures: Iterable[str], index: int) -> Markup:
    """The tenures shown, each with its colour and pattern."""
    items = []
    for tenure in [t for t in LOOKS if t in set(tenures)] + (["?"] if "?" in set(tenures) else []):
        seen = LOOKS.get(tenure, UNSURE)
        name = label([tenure], index) if tenure in LOOKS else "?"
        swatch = Markup('<svg width="26" height="18" aria-hidden="true">{}</svg>').format(
            _box(seen, 1, 1, 24, 16)
        )
        items.append(Markup("<li>{} {}</li>").format(swatch, name))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))


def mix(parts: Sequence[tuple[str, int]], told: str) -> Markup:
    """One bar of a hundred per cent: the dwellings of a place by tenure."""
    total = sum(count for _, count in parts)
    left, boxes = 0.0, []
    for tenure, count in parts:
        width = round(240 * count / total, 2) if total else 0
        boxes.append(_box(LOOKS.get(tenure, UNSURE), left, 1, width, 16))
        left += width
    return Markup(
        '<svg class="mix" viewBox="0 0 240 18" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(told, Markup("").join(boxes))


def waterfall(
    steps: Sequence[tuple[str, Fraction, Fraction, str]], cap: Fraction | None, label: str
) -> Markup:
    """Bars from a start to an end, one a line: each with its text; a cap is a line across.

    Args:
        steps: for each bar its class, its start, its end and what it says.
        cap: the greatest value allowed, in the same unit.
        label: what the whole says, for those who do not see it.
    """
    top = max(
        [end for _, _, end, _ in steps] + ([cap] if cap is not None else []), default=Fraction(1)
    ) or Fraction(1)
    rows = []
    for row, (kind, start, end, told) in enumerate(steps):
        low, high = sorted((start, end))
        left, width = 300 * low / top, max(300 * (high - low) / top, Fraction(2))
        rows.append(
            Markup(
                '<rect class="{}" x="{}" y="{}" width="{}" height="20"/><text x="310" y="{}">{}</text>'
            ).format(kind, _px(left), row * 28 + 4, _px(width), row * 28 + 19, told)
        )
    if cap is not None:
        rows.append(
            Markup('<line class="cap" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(
                _px(300 * cap / top), 28 * len(steps)
            )
        )
    return Markup('<svg class="fall" viewBox="0 0 760 {}" role="img" aria-label="{}">{}</svg>').format(
        28 * len(steps), label, Markup("").join(rows)
    )


def _px(value: Fraction) -> str:
    return f"{round(value * 100) / 100:.2f}".rstrip("0").rstrip(".")


def _text(left: float, top: float, told: str, kind: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, left, top, told)
