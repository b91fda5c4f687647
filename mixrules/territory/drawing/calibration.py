"""What real files hold, as measured, and what had to be chosen for want of a measure.

Measured on the 3,710 permits of Toulouse 2013-2025 (SDES, Sitadel, vintage 2026-01), on the 4,174 programmes of
« Logements sociaux financés à Paris » (Ville de Paris) and on the land sales of the Rhône in 2018 (DVF). One city
is not France: few houses, many dwellings of two and three rooms. Two vintages are old on purpose, and dated here.
Rates are exact; percentile tables list (percentile, value).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from mixrules.territory.drawing.chance import Quantiles

SMALL = {1: 480, 2: 80, 3: 440}
"""Toulouse: permits of one dwelling 48 %, of two 8 %; `3` stands for three and more (44 %)."""
COLLECTIVE = 3
SIZE_MU, SIZE_SIGMA, LARGEST = Decimal("3.13"), Decimal("1.10"), 627
"""Toulouse, permits of three dwellings and more: log-normal (median 22-23, 90th percentile 88, 99th 248), most 627."""

ROOMS_MEANS = tuple(map(Decimal, (".066", ".363", ".438", ".113", ".019", ".001")))
ROOMS_PRECISION = Decimal("8.6")
"""Toulouse, permits of ten flats and more whose rooms are complete: shares of T1 to T6 and more, by permit."""

FLOOR_AREA: Quantiles = ((0, 3000), (5, 3800), (25, 5600), (50, 6030), (75, 6500), (95, 7350), (100, 8500))
"""Toulouse: floor area by flat, mean of a permit, in hundredths of m² (the ends, 0 and 100, are chosen)."""
LIVING_SHARE = (850, 900)
"""Toulouse and Rennes: living area over floor area, in thousandths."""
DENSITY: Quantiles = ((0, 20), (25, 51), (50, 95), (75, 138), (95, 250), (100, 400))
"""Toulouse: floor area over land area, in hundredths (the ends are chosen)."""

LANDLORD = Fraction(146, 906)
"""Toulouse, permits of ten dwellings and more: 146 filed by social landlords beside 760 by developers."""
SOCIAL_FROM = 10
"""Shares of social dwellings were measured on permits of ten dwellings and more only."""
SOCIAL_SHARE = {
    (0, 10): 3,
    (10, 15): 8,
    (15, 20): 14,
    (20, 25): 34,
    (25, 30): 34,
    (30, 35): 25,
    (35, 40): 16,
    (40, 50): 12,
    (50, 75): 11,
    (75, 100): 7,
}
"""Toulouse: social share of the 164 mixed permits, in % (the median where a developer declares some is 27 %)."""
AIDED = Fraction(43, 133)
"""Toulouse: of 133 developers' permits with rented social dwellings, 43 have aided ownership too."""
AIDED_SHARE: Quantiles = ((0, 5), (50, 20), (90, 71), (100, 90))
"""Toulouse, 63 permits: aided ownership in %, median 20, 90th percentile 71 (the ends are chosen)."""

PRODUCTS = {"PLAI": 18, "PLUS": 44, "PLS": 38}
"""Paris, new family housing of three dwellings and more: 18, 41 + 3 (PLUS-CD) and 38 % of dwellings."""
PRODUCTS_TOGETHER = {1: 62, 2: 20, 3: 18}
"""Paris: programmes of one, two and three products, in %."""
PRODUCT_MEANS = {"PLAI": Decimal(".26"), "PLUS": Decimal(".46"), "PLS": Decimal(".28")}
PRODUCT_PRECISION = Decimal(17)
"""Paris, the 286 programmes of three products; of two, the same means among the two (chosen)."""

LAND_PRICE: Quantiles = ((0, 50), (10, 101), (25, 198), (50, 313), (75, 653), (90, 1223), (100, 2000))
"""Rhône 2018, 158 clean land sales: € by m² of land, house plots and urban sites mixed (the ends are chosen)."""

ROOMS_MISSING = {2013: 44, 2015: 80, 2018: 47, 2021: 31, 2022: 17, 2025: 17}
"""Toulouse: permits without rooms, in %, by year; 13-20 from 2022 on; between two of these years, in proportion."""
TOTAL_OFF = Fraction(4, 1000)
TOTAL_OFF_BY = (1, 29)
"""Toulouse: totals that are not the sum of their parts."""
LAND_MISSING = Fraction(2, 100)
"""Toulouse: land area left at zero."""
DECLARED = Fraction(3, 10)
"""Permits that tell their social dwellings, between 20 and 40 %: a zero is no evidence that there are none."""

IN_DEFAULT = Fraction(18, 100)
"""SRU list of 2015: communes in default (42 % in Provence-Alpes-Côte d'Azur in 2020), drawn by commune and period."""
PERIODS = (2014, 2017, 2020, 2023)
"""The first years of the three-year periods of the SRU law within the years drawn (CCH, art. L. 302-8)."""

YEARS = (2013, 2025)
"""The years of the permits measured."""

COMMUNES = ("06088", "13055", "31555", "33063", "38185", "67482", "93048")
"""Chosen: Toulouse, where most was measured, and the communes that a shipped local rulebook serves."""
UNPLACED = Fraction(3, 10)
"""Chosen: programmes given as a grid, whose landings are not known yet."""
GATHERED = Fraction(1, 2)
"""Chosen: programmes whose tenures stand each in their part of the buildings; the others are mixed."""
BUILDING, STAIRWELL, LANDING = (12, 40), (8, 20), (2, 5)
"""Chosen: dwellings of a building, of a stairwell, of a landing, at least and at most."""
ROOM_WEIGHTS = (55, 78, 108, 135, 170, 200)
"""Chosen: floor area of T1 to T6 in proportion to one another; their mean is the measured one."""
STOREY_HEIGHT = 3
"""Chosen, m: from floor area to volume."""
BUILT_SHARE = (85, 115)
"""Chosen, %: floor area of the project over what the plan allows before any bonus."""
AIDED_TENURES = ("BRS", "PSLA", "accession_aidee")
"""Chosen: all equally likely."""
STATION: Quantiles = ((0, 50), (50, 500), (90, 2000), (100, 5000))
"""Chosen, m: distance to the nearest station."""
SECTOR_RATES = ("none", "none", "20 %", "30 %")
"""Chosen: what the plan's sector adds for social housing (L. 151-28, 2°)."""
