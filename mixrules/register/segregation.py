"""How unevenly groups of dwellings are spread over landings, stairwells and buildings.

Two indices, both 0 where every place has the mix of the whole and 1 where no place holds two groups:

- dissimilarity of one group and all others: ½ Σ |xᵢ/X − yᵢ/Y| over places i (O. D. Duncan and B. Duncan, "A
  Methodological Analysis of Segregation Indexes", American Sociological Review 20, 1955);
- entropy of all groups at once: Σ tᵢ (E − Eᵢ) / (T E), with E = −Σ p ln p (H. Theil and A. J. Finizza, "A Note on
  the Measurement of Racial Integration of Schools", Journal of Mathematical Sociology 1, 1971).

They describe; no rule reads them. The first is exact, the second is computed to 30 digits and rounded to 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction

PLACES = Decimal("0.0001")
Place = Counter[str]
"""How many dwellings of each group stand in a place."""


def dissimilarity(places: Sequence[Place], group: str) -> Fraction | None:
    """The dissimilarity of a group and all others; None where one of the two is empty."""
    inside = sum(place[group] for place in places)
    outside = sum(place.total() - place[group] for place in places)
    if not inside or not outside:
        return None
    gaps = (
        abs(Fraction(place[group], inside) - Fraction(place.total() - place[group], outside))
        for place in places
    )
    return sum(gaps, Fraction(0)) / 2


def entropy(places: Sequence[Place]) -> Decimal | None:
    """The entropy index of all groups; None where the whole holds one group only."""
    whole: Place = sum(places, Counter())
    with localcontext(Context(prec=30)):
        overall = _diversity(whole)
        if not overall:
            return None
        total = Decimal(whole.total())
        gaps = (place.total() * (overall - _diversity(place)) for place in places)
        return (sum(gaps, Decimal(0)) / (total * overall)).quantize(PLACES)


def _diversity(place: Place) -> Decimal:
    total = place.total()
    shares = (Decimal(count) / total for count in place.values() if count)
    return -sum((share * share.ln() for share in shares), Decimal(0))
