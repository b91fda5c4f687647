"""The indices of segregation against values worked out by hand, and their bounds."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mixrules.register.segregation import dissimilarity, entropy

MIXED = [Counter(a=2, b=2), Counter(a=3, b=3)]
APART = [Counter(a=4), Counter(b=5)]
COUNTS = st.lists(
    st.builds(lambda a, b, c: Counter(a=a, b=b, c=c), *(st.integers(0, 9),) * 3).filter(
        lambda c: c.total() > 0
    ),
    min_size=1,
    max_size=8,
)


def test_the_same_mix_everywhere_is_zero() -> None:
    assert dissimilarity(MIXED, "a") == 0
    assert entropy(MIXED) == 0


def test_no_mix_at_all_is_one() -> None:
    assert dissimilarity(APART, "a") == 1
    assert entropy(APART) == 1


def test_a_case_by_hand() -> None:
    """Two landings of 4: 3 a and 1 b, 1 a and 3 b. D = ½ (|3/4 − 1/4| + |1/4 − 3/4|) = 1/2.

    E = ln 2; each landing: −(3/4 ln 3/4 + 1/4 ln 1/4) = 0.562335; H = 1 − 0.562335/0.693147 = 0.1887.
    """
    places = [Counter(a=3, b=1), Counter(a=1, b=3)]
    assert dissimilarity(places, "a") == Fraction(1, 2)
    assert entropy(places) == Decimal("0.1887")


def test_one_group_has_no_index() -> None:
    assert dissimilarity([Counter(a=3)], "a") is None
    assert entropy([Counter(a=3), Counter(a=1)]) is None
    assert entropy([]) is None


@given(COUNTS)
def test_indices_lie_between_zero_and_one(places: list[Counter[str]]) -> None:
    index = dissimilarity(places, "a")
    assert index is None or 0 <= index <= 1
    overall = entropy(places)
    assert overall is None or 0 <= overall <= 1


@given(COUNTS)
def test_the_order_and_the_cut_of_places_do_not_matter(places: list[Counter[str]]) -> None:
    """A place cut into two of the same mix changes nothing."""
    doubled = [*places, *places]
    assert dissimilarity(doubled, "a") == dissimilarity(places, "a")
    assert entropy(doubled) == entropy(list(reversed(doubled))) == entropy(places)
