"""What a file lacks: what the applicant is asked for, and what the service itself establishes.

A request that names something else than a piece of the code has no effect on the time limit (C. urb., art. R. 423-41):
the state of the commune, the figures of the plan and the points of law are never asked of the applicant.
"""

from __future__ import annotations

from mixrules.engine.decision import Missing

SERVICE = ("commune", "sector", "site", "facts", "district", "parameter", "definition")
"""Groups of fields that the service knows or settles: the commune, the plan, the place, the points of law."""
DECLARED = {"site.land_area", "site.existing_floor_area", "site.project_volume"}
"""Fields of the site that the applicant declares in the form."""


def of_applicant(gap: Missing) -> bool:
    """Whether a field is asked of the applicant."""
    group = gap.field.partition(".")[0].partition(":")[0]
    return gap.field in DECLARED or not (gap.owner in SERVICE or group in SERVICE)
