"""Building dated parameters and tables from their document form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from mixrules.programme.category import CATEGORIES
from mixrules.quantity import Exact, UnitError, parse_unit
from mixrules.rulebook.document import BandPart, ParameterPart, SourcePart
from mixrules.rulebook.literal import read_day, read_value
from mixrules.rulebook.model import Bounds, Parameter, Period, Row, Source, Texts, Version
from mixrules.rulebook.syntax import ExpressionError
from mixrules.rulebook.tree import DATE, TEXT, YES_NO, Type
from mixrules.rulebook.yaml_source import Path

Report = Callable[[ExpressionError, Path], None]


def texts(value: Any) -> Texts:
    """A text in one or two languages."""
    if not value:
        return ()
    return (("fr", value),) if isinstance(value, str) else tuple(sorted(value.items()))


def source_of(part: SourcePart | None) -> Source | None:
    """A source as the model holds it."""
    if part is None:
        return None
    return Source(part.ref, part.url, part.quote.strip(), part.date, texts(part.note), part.certainty)


def read_type(text: str) -> Type:
    """A type as written for a key, a column or an input: a category, `text`, `date`, `yes_no` or a unit.

    Raises:
        ExpressionError: none of these.
    """
    if text in CATEGORIES:
        return Type("category", category=text)
    simple = {"text": TEXT, "date": DATE, "yes_no": YES_NO}.get(text)
    if simple is not None:
        return simple
    try:
        return Type("number", parse_unit(text)[0])
    except UnitError as error:
        raise ExpressionError("unit_unknown", found=error) from None


def build(
    name: str, part: ParameterPart, path: Path, report: Report, members: Callable[[str], frozenset[str]]
) -> Parameter | None:
    """Build one parameter, reporting every faulty value."""
    return _Builder(name, part, path, report, members).build()


class _Builder:
    def __init__(
        self,
        name: str,
        part: ParameterPart,
        path: Path,
        report: Report,
        members: Callable[[str], frozenset[str]],
    ) -> None:
        self.name, self.part, self.path, self.report, self.members = name, part, path, report, members
        self.keys: tuple[Type, ...] = ()
        self.columns: tuple[tuple[str, Type], ...] = ()

    def build(self) -> Parameter | None:
        part = self.part
        try:
            by = [part.by] if isinstance(part.by, str) else part.by or []
            self.keys = tuple(read_type(key) for key in by)
            if part.fields:
                self.columns = tuple((column, read_type(kind)) for column, kind in part.fields.items())
            else:
                kind = read_type(part.unit) if part.unit else read_type(part.type or "ratio")
                if kind == TEXT and part.members:
                    kind = Type("category", category=f"parameter:{self.name}")
                self.columns = (("value", kind),)
        except ExpressionError as error:
            self.report(error, self.path)
            return None
        numbers = [key.kind == "number" for key in self.keys]
        if self._has_bands() and numbers != [True]:
            self.report(ExpressionError("bands_without_key", found=self.name), self.path)
            return None
        if part.match == "step" and numbers != [True]:
            self.report(ExpressionError("step_without_key", found=self.name), (*self.path, "match"))
            return None
        match = "band" if part.bands is not None else part.match
        versions = self._versions()
        return Parameter(
            self.name,
            self.keys,
            "band" if self._has_bands() else match,
            self.columns,
            tuple(versions),
            texts(part.label),
            source_of(part.source),
            tuple(part.members or ()),
        )

    def _has_bands(self) -> bool:
        held = list((self.part.values or {}).values())
        return self.part.bands is not None or any(isinstance(v, list) for v in held)

    def _versions(self) -> list[Version]:
        part = self.part
        if part.values is None:
            content = (
                part.bands if part.bands is not None else part.rows if part.rows is not None else part.value
            )
            place = "bands" if part.bands is not None else "rows" if part.rows is not None else "value"
            if content is None:
                self.report(ExpressionError("parameter_empty", found=self.name), self.path)
                return []
            return [Version(Period(), self._rows(content, (*self.path, place)))]
        starts = sorted(part.values, key=lambda d: d)
        ends: list[str | None] = [*starts[1:], part.until]
        versions = []
        for start, end in zip(starts, ends, strict=True):
            period = Period(self._day(start), self._day(end) if end else None)
            versions.append(Version(period, self._rows(part.values[start], (*self.path, "values", start))))
        return versions

    def _day(self, text: str) -> date | None:
        try:
            return read_day(text)
        except ExpressionError as error:
            self.report(error, self.path)
            return None

    def _rows(self, content: Any, path: Path) -> tuple[Row, ...]:
        if content is None:
            return ()
        if isinstance(content, list):
            rows = tuple(self._band(item, (*path, i)) for i, item in enumerate(content))
            self._apart(rows, path)
            return rows
        if not self.keys:
            return (Row((), self._values(content, path)),)
        if not isinstance(content, dict):
            self.report(ExpressionError("rows_expected", found=content), path)
            return ()
        return tuple(self._keyed(content, path, 0, ()))

    def _keyed(
        self, content: dict[str, Any], path: Path, depth: int, above: tuple[str | Exact, ...]
    ) -> list[Row]:
        rows: list[Row] = []
        for text, value in content.items():
            here = (*path, text)
            for key in self._key(text, self.keys[depth], here):
                keys = (*above, key)
                if depth + 1 == len(self.keys):
                    rows.append(Row(keys, self._values(value, here)))
                elif isinstance(value, dict):
                    rows += self._keyed(value, here, depth + 1, keys)
                else:
                    self.report(ExpressionError("rows_expected", found=value), here)
        return rows

    def _key(self, text: str, wanted: Type, path: Path) -> list[str | Exact]:
        """One key, or several written together: `PLAI, PLUS`."""
        try:
            words = [text] if wanted.kind == "text" else [w.strip() for w in text.split(",")]
            return [read_value(w, wanted, self._members(wanted)) for w in words]  # type: ignore[misc]
        except ExpressionError as error:
            self.report(error, path)
            return []

    def _members(self, wanted: Type) -> frozenset[str]:
        if wanted.kind == "category" and not wanted.category.startswith("parameter:"):
            return self.members(wanted.category)
        return frozenset(self.part.members or ())

    def _values(self, content: Any, path: Path) -> tuple[Exact | float | str | bool | None, ...]:
        found = []
        record = bool(self.part.fields)
        if record and not isinstance(content, dict):
            self.report(ExpressionError("rows_expected", found=content), path)
            return tuple(None for _ in self.columns)
        if record:
            for extra in set(content) - {column for column, _ in self.columns}:
                columns = ", ".join(c for c, _ in self.columns)
                error = ExpressionError("column_unknown", found=extra, expected=columns, name=self.name)
                self.report(error, (*path, extra))
        for column, wanted in self.columns:
            text = content.get(column) if record else content
            here = (*path, column) if record else path
            try:
                found.append(None if text is None else read_value(str(text), wanted, self._members(wanted)))
            except ExpressionError as error:
                self.report(error, here)
                found.append(None)
        return tuple(found)

    def _band(self, item: Any, path: Path) -> Row:
        try:
            band = item if isinstance(item, BandPart) else BandPart.model_validate(item)
        except ValidationError as error:
            found = ", ".join(str(step) for e in error.errors(include_url=False) for step in e["loc"][:1])
            keys = ", ".join(f.alias or n for n, f in BandPart.model_fields.items())
            self.report(ExpressionError("value_wrong", found=found or item, expected=keys), path)
            band = BandPart.model_validate({})
        low = band.from_ if band.from_ is not None else band.above
        high = band.up_to if band.up_to is not None else band.below
        bounds = Bounds(
            self._bound(low, path),
            self._bound(high, path),
            band.above is not None,
            band.below is not None,
        )
        value = self._values(band.value, (*path, "value"))
        lowest, highest = bounds.low, bounds.high
        ends = lowest is not None and highest is not None
        reversed_ = ends and lowest > highest  # type: ignore[operator]
        if reversed_ or (band.until_value is not None and not (ends and lowest < highest)):  # type: ignore[operator]
            self.report(ExpressionError("band_bounds", found=self.name), path)
            return Row((bounds,), self._values(band.value, (*path, "value")))
        until = self._values(band.until_value, (*path, "until_value")) if band.until_value is not None else ()
        return Row((bounds,), value, until)  # type: ignore[arg-type]

    def _apart(self, rows: tuple[Row, ...], path: Path) -> None:
        """Two bands that hold one key would leave the choice to their order."""
        bands = [(i, row.keys[0]) for i, row in enumerate(rows) if isinstance(row.keys[0], Bounds)]
        ordered = sorted(bands, key=lambda b: (b[1].low is not None, b[1].low or 0, b[1].low_open))
        for (_, one), (index, two) in pairwise(ordered):
            if two.low is None or one.high is None or two.low < one.high or _share_bound(one, two):
                self.report(ExpressionError("bands_overlap", found=self.name), (*path, index))

    def _bound(self, text: str | None, path: Path) -> Exact | None:
        if text is None:
            return None
        try:
            return read_value(text, self.keys[0], frozenset())  # type: ignore[return-value]
        except ExpressionError as error:
            self.report(error, path)
            return None


def _share_bound(one: Bounds, two: Bounds) -> bool:
    return two.low == one.high and not one.high_open and not two.low_open
