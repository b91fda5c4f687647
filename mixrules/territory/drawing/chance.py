"""Random draws that give the same values on every machine.

Python's `random.Random` promises the same integers from the same seed everywhere. What needs logarithms and
roots is computed in decimal arithmetic, which is rounded correctly and alike everywhere, unlike the C library's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from random import Random
from typing import TypeVar

T = TypeVar("T")
Quantiles = tuple[tuple[int, int], ...]
"""Percentiles and the values there, in increasing order; between two of them values are equally likely."""

_DIGITS = Context(prec=18)
_STEPS = 10**15


class Chance:
    """A source of chance, wholly set by its seed."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311 - a corpus to reproduce, not a secret

    def whole(self, least: int, most: int) -> int:
        """A whole number between two, both included."""
        return least + self._random.randrange(most - least + 1)

    def happens(self, rate: Fraction) -> bool:
        """True in a share `rate` of all draws."""
        return self._random.randrange(rate.denominator) < rate.numerator

    def one_of(self, choices: Sequence[T]) -> T:
        """One of some values, all equally likely."""
        return choices[self._random.randrange(len(choices))]

    def weighed(self, weights: Mapping[T, int]) -> T:
        """One of some values, each as likely as its weight."""
        drawn = self._random.randrange(sum(weights.values()))
        ends = accumulate(weights.values())
        return next(value for value, end in zip(weights, ends, strict=True) if drawn < end)

    def between(self, quantiles: Quantiles) -> int:
        """A value whose percentiles are those given."""
        (first, _), (last, _) = quantiles[0], quantiles[-1]
        drawn = Fraction(self._random.randrange(_STEPS), _STEPS) * (last - first) + first
        for (low, least), (high, most) in pairwise(quantiles):
            if drawn < high:
                return least + int((drawn - low) * (most - least) / (high - low))
        return quantiles[-1][1]

    def shuffle(self, values: list[T]) -> None:
        """Put values in any order, in place."""
        self._random.shuffle(values)

    def log_normal(self, mu: Decimal, sigma: Decimal) -> Decimal:
        """A value whose natural logarithm is normal, of mean `mu` and standard deviation `sigma`."""
        power = _DIGITS.add(mu, _DIGITS.multiply(sigma, self._normal()))
        return _DIGITS.exp(power)

    def shares(self, means: Sequence[Decimal], precision: Decimal) -> list[Fraction]:
        """Shares of a whole, Dirichlet around `means`: the greater the precision, the nearer."""
        parts = [Fraction(self._gamma(_DIGITS.multiply(mean, precision))) for mean in means]
        return [part / sum(parts) for part in parts]

    def allotted(self, count: int, shares: Iterable[Fraction]) -> list[int]:
        """So many things dealt out by shares that make one, each share within one of its due and fair on average."""
        start = Fraction(self._random.randrange(_STEPS), _STEPS)
        ends = [int(count * end + start) for end in accumulate(shares)]
        ends[-1] = count
        return [high - low for low, high in pairwise([0, *ends])]

    def _unit(self) -> Decimal:
        """Between 0 and 1, both excluded."""
        return _DIGITS.divide(Decimal(2 * self._random.randrange(_STEPS) + 1), Decimal(2 * _STEPS))

    def _normal(self) -> Decimal:
        """A standard normal value, by the polar method of Marsaglia."""
        while True:
            x = _DIGITS.subtract(self._unit() * 2, Decimal(1))
            y = _DIGITS.subtract(self._unit() * 2, Decimal(1))
            square = _DIGITS.add(_DIGITS.multiply(x, x), _DIGITS.multiply(y, y))
            if 0 < square < 1:
                spread = _DIGITS.divide(-2 * _DIGITS.ln(square), square)
                return _DIGITS.multiply(x, _DIGITS.sqrt(spread))

    def _gamma(self, shape: Decimal) -> Decimal:
        """A gamma value of this shape, by the method of Marsaglia and Tsang (ACM TOMS 26, 2000)."""
        if shape < 1:
            power = _DIGITS.divide(_DIGITS.ln(self._unit()), shape)
            return _DIGITS.multiply(self._gamma(shape + 1), _DIGITS.exp(power))
        d = _DIGITS.subtract(shape, _DIGITS.divide(Decimal(1), Decimal(3)))
        c = _DIGITS.divide(Decimal(1), _DIGITS.sqrt(9 * d))
        while True:
            x = self._normal()
            root = _DIGITS.add(Decimal(1), _DIGITS.multiply(c, x))
            if root <= 0:
                continue
            v = _DIGITS.power(root, 3)
            most = _DIGITS.add(x * x / 2, d * (1 - v + _DIGITS.ln(v)))
            if _DIGITS.ln(self._unit()) < most:
                return _DIGITS.multiply(d, v)
