"""Closed lists of words that a programme and a rule share, with their labels and synonyms.

A value may be known only in part: « locatif social » says PLAI, PLUS or PLS without saying which. It is
kept as the set of members it may be, so that a rule that does not distinguish them can still decide.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True)
class Category:
    """A closed list: members with (French, English) labels, and the synonyms seen in real files."""

    name: str
    members: dict[str, tuple[str, str]]
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ordered: bool = False

    @property
    def everything(self) -> frozenset[str]:
        """All members: what is known of a value that was not given."""
        return frozenset(self.members)

    def read(self, text: str) -> frozenset[str] | None:
        """The members that a text may mean, or None when it means none of them.

        `PLAI|PLUS` lists possibilities; `?` is a value that nobody gave.
        """
        parts = [part for part in re.split(r"\s*\|\s*", text.strip()) if part]
        found: set[str] = set()
        for part in parts:
            members = self._one(part)
            if members is None:
                return None
            found.update(members)
        return frozenset(found) or None

    def _one(self, text: str) -> frozenset[str] | None:
        if text in self.members:
            return frozenset({text})
        if text == "?":
            return self.everything
        members = self._folded().get(fold(text))
        return frozenset(members) if members else None

    def _folded(self) -> dict[str, tuple[str, ...]]:
        known = _FOLDED.get(self.name)
        if known is None:
            known = {fold(label[1]): (name,) for name, label in self.members.items()}
            known.update({fold(label[0]): (name,) for name, label in self.members.items()})
            known.update({fold(name): (name,) for name in self.members})
            known.update({fold(word): members for word, members in self.synonyms.items()})
            _FOLDED[self.name] = known
        return known


_FOLDED: dict[str, dict[str, tuple[str, ...]]] = {}


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A text without case, accents, punctuation or repeated spaces, for comparing words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


_SOCIAL = ("PLAI", "PLUS", "PLS")

TENURE = Category(
    "tenure",
    {
        "PLAI": ("PLAI (locatif très social)", "PLAI (very social rental)"),
        "PLUS": ("PLUS (locatif social)", "PLUS (social rental)"),
        "PLS": ("PLS (locatif social intermédiaire)", "PLS (upper social rental)"),
        "LLI": ("LLI (locatif intermédiaire)", "LLI (intermediate rental)"),
        "PLI": ("PLI (locatif intermédiaire conventionné)", "PLI (intermediate loan rental)"),
        "BRS": ("BRS (bail réel solidaire)", "BRS (shared-land lease)"),
        "PSLA": ("PSLA (location-accession)", "PSLA (rent-to-own)"),
        "accession_aidee": ("accession aidée", "aided ownership"),
        "prix_maitrise": ("prix maîtrisé", "controlled price"),
        "locatif_regule": ("locatif régulé", "regulated rental"),
        "libre": ("libre", "market"),
    },
    {
        "PLAI-A": ("PLAI",),
        "PLAI adapté": ("PLAI",),
        "PLAIa": ("PLAI",),
        "PLAI ADP": ("PLAI",),
        "PLAl": ("PLAI",),
        "PLUS-CD": ("PLUS",),
        "PLUSCD": ("PLUS",),
        "PLUS-PLAI": ("PLUS", "PLAI"),
        "LLS": _SOCIAL,
        "locatif social": _SOCIAL,
        "logement social": _SOCIAL,
        "social": _SOCIAL,
        "locatif aidé": _SOCIAL,
        "logement intermédiaire": ("LLI",),
        "intermédiaire": ("LLI", "PLI"),
        "locatif intermédiaire": ("LLI", "PLI"),
        "bail réel solidaire": ("BRS",),
        "location-accession": ("PSLA",),
        "accession sociale": ("accession_aidee", "PSLA", "BRS"),
        "accession maîtrisée": ("prix_maitrise",),
        "accession régulée": ("prix_maitrise",),
        "accession abordable": ("prix_maitrise",),
        "accession libre": ("libre",),
        "locatif libre": ("libre",),
        "locatif régulé privé": ("locatif_regule",),
        "locatif régulé HLM": ("locatif_regule",),
        "marché": ("libre",),
        "market": ("libre",),
    },
)

PUBLIC = Category(
    "public",
    {
        "all": ("tous publics", "everyone"),
        "senior": ("seniors", "seniors"),
        "student": ("étudiants", "students"),
        "young_worker": ("jeunes actifs", "young workers"),
        "family": ("familles", "families"),
        "intergenerational": ("intergénérationnel", "intergenerational"),
        "disabled": ("personnes en situation de handicap", "disabled people"),
    },
    {
        "tous": ("all",),
        "tout public": ("all",),
        "personnes âgées": ("senior",),
        "séniors": ("senior",),
        "étudiant": ("student",),
        "jeunes": ("young_worker", "student"),
        "jeunes travailleurs": ("young_worker",),
        "famille": ("family",),
    },
)

RESIDENCE = Category(
    "residence",
    {
        "ordinary": ("logement ordinaire", "ordinary dwelling"),
        "hostel": ("logement-foyer (CCH, art. L. 633-1)", "hostel-type unit"),
        "student_residence": ("résidence universitaire", "student residence"),
        "senior_services": ("résidence services seniors", "senior services residence"),
        "care_home": ("établissement pour personnes âgées (EHPA/EHPAD)", "care home"),
    },
    {
        "ordinaire": ("ordinary",),
        "logement familial": ("ordinary",),
        "logements familiaux": ("ordinary",),
        "foyer": ("hostel",),
        "logement-foyer": ("hostel",),
        "résidence sociale": ("hostel",),
        "FJT": ("hostel",),
        "pension de famille": ("hostel",),
        "étudiant": ("student_residence",),
        "résidence étudiante": ("student_residence", "ordinary"),
        "RSS": ("senior_services",),
        "résidence seniors": ("senior_services", "ordinary", "hostel"),
        "EHPAD": ("care_home",),
        "EHPA": ("care_home",),
    },
)

USE = Category(
    "use",
    {
        "housing": ("habitation", "housing"),
        "retail": ("commerces et services", "shops and services"),
        "office": ("bureaux", "offices"),
        "industry": ("industrie, artisanat, logistique", "industry, crafts, logistics"),
        "public": ("équipement public", "public facility"),
        "other": ("autre", "other"),
    },
    {
        "commerce": ("retail",),
        "bureau": ("office",),
        "équipement": ("public",),
        "activités": ("industry", "retail"),
    },
)

ZONE_ABC = Category(
    "zone_abc",
    {
        name: (f"zone {label}", f"zone {label}")
        for name, label in {"Abis": "A bis", "A": "A", "B1": "B1", "B2": "B2", "C": "C"}.items()
    },
    {"A bis": ("Abis",)},
    ordered=True,
)

PHASE = Category(
    "phase",
    {
        "pre_check": ("pré-vérification", "pre-check"),
        "filing": ("dépôt", "filing"),
        "decision": ("décision", "decision"),
        "delivery": ("livraison", "delivery"),
        "occupancy": ("occupation", "occupancy"),
    },
    {"précontrôle": ("pre_check",), "instruction": ("decision",), "instruction du permis": ("decision",)},
    ordered=True,
)

SHARED_PLACE = Category(
    "shared_place",
    {
        "tiers_lieu": ("tiers-lieu", "third place"),
        "common_room": ("salle commune", "common room"),
        "shared_garden": ("jardin partagé", "shared garden"),
        "workshop": ("atelier partagé", "shared workshop"),
        "other": ("autre lieu partagé", "other shared place"),
    },
    {"salle partagée": ("common_room",), "café associatif": ("tiers_lieu",)},
)

SELLER = Category(
    "seller",
    {
        "state": ("État", "State"),
        "state_body": ("établissement public de l'État", "State body"),
        "local_authority": ("collectivité ou établissement public foncier", "local authority"),
        "private": ("vendeur privé", "private seller"),
    },
    {
        "commune": ("local_authority",),
        "EPF": ("local_authority",),
        "aménageur": ("local_authority",),
        "privé": ("private",),
    },
)

CATEGORIES: dict[str, Category] = {
    c.name: c for c in (TENURE, PUBLIC, RESIDENCE, USE, ZONE_ABC, PHASE, SHARED_PLACE, SELLER)
}
