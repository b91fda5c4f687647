"""What is submitted: a file with its commune, its district and one programme or several.

Every field may be missing (`None`): missing is unknown, never zero and never « no ». Lists keep the same
difference: `dwellings` not given is an unknown stock, `[]` is none at all. Claims are the exception: what the
applicant does not claim is not claimed.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from mixrules.programme.field import (
    Area,
    Count,
    Day,
    DwellingArea,
    Label,
    Length,
    LineCount,
    Money,
    ParkingRatio,
    Phase,
    PlaceKind,
    Public,
    Rate,
    Residence,
    Rooms,
    Seller,
    Tenure,
    Text,
    Use,
    Volume,
    YesNo,
    ZoneAbc,
)


class Record(BaseModel):
    """A part of a submission; unknown names are refused, so that a misspelt field is not a silent gap."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Commune(Record):
    """The commune and what the law says of it at the date of the file."""

    insee: Annotated[Text, Label("code INSEE", "INSEE code")] = None
    name: Annotated[Text, Label("commune", "commune")] = None
    carence: Annotated[
        YesNo,
        Label("commune carencée (CCH, art. L. 302-9-1)", "commune in default (CCH, art. L. 302-9-1)"),
    ] = None
    unbuildable_exempt: Annotated[
        YesNo,
        Label(
            "commune exemptée au titre du III bis de l'art. L. 302-5 CCH, hors agglomération du III 2°",
            "commune exempted under art. L. 302-5 III bis CCH, outside an agglomeration of III 2°",
        ),
    ] = None
    sru_rate: Annotated[Rate, Label("taux SRU", "SRU rate", "%")] = None
    sru_target: Annotated[Rate, Label("taux SRU cible", "SRU target rate", "%")] = None
    zone_abc: Annotated[ZoneAbc, Label("zone A/B/C", "zone A/B/C")] = None
    tense_zone: Annotated[
        YesNo, Label("commune en zone tendue (CGI, art. 232)", "tense-market commune (CGI, art. 232)")
    ] = None


class Existing(Record):
    """A part of the housing stock that stands in the district already."""

    count: Annotated[Count, Label("nombre de logements", "number of dwellings", "dwelling")]
    tenure: Annotated[Tenure, Label("catégorie", "tenure")] = None
    public: Annotated[Public, Label("public", "public")] = None
    floor_area: Annotated[
        Area, Label("surface de plancher totale", "total floor area", "m² of floor_area")
    ] = None


class SharedPlace(Record):
    """A place open to the district (tiers-lieu, common room, garden)."""

    kind: Annotated[PlaceKind, Label("nature du lieu", "kind of place")] = None
    name: Annotated[Text, Label("nom du lieu", "name of the place")] = None
    area: Annotated[Area, Label("surface", "area", "m² of floor_area")] = None
    open_to_district: Annotated[YesNo, Label("ouvert au quartier", "open to the district")] = None


class District(Record):
    """The district, its existing stock and its shared places."""

    id: Annotated[Text, Label("identifiant du quartier", "district identifier")] = None
    name: Annotated[Text, Label("quartier", "district")] = None
    qpv: Annotated[YesNo, Label("quartier prioritaire (QPV)", "priority district (QPV)")] = None
    renewal: Annotated[
        YesNo, Label("quartier en création ou en renouvellement", "district in creation or renewal")
    ] = None
    existing: list[Existing] | None = None
    shared_places: list[SharedPlace] | None = None
    facts: dict[str, Any] = Field(default_factory=dict)


class Site(Record):
    """The land and what may be built on it before any bonus."""

    land_area: Annotated[Area, Label("superficie du terrain", "land area", "m² of land")] = None
    buildable_floor_area: Annotated[
        Area,
        Label("surface de plancher constructible", "buildable floor area", "m² of floor_area"),
    ] = None
    buildable_volume: Annotated[
        Volume,
        Label("volume constructible avant majoration", "buildable volume before any bonus", "m³"),
    ] = None
    project_volume: Annotated[Volume, Label("volume du projet", "volume of the project", "m³")] = None
    existing_floor_area: Annotated[
        Area, Label("surface de plancher existante", "existing floor area", "m² of floor_area")
    ] = None
    heritage: Annotated[
        YesNo,
        Label("site ou immeuble protégé (art. L. 151-29, al. 2)", "protected site or building"),
    ] = None
    noise_zone: Annotated[
        YesNo,
        Label("zone A, B ou C d'un plan d'exposition au bruit", "zone A, B or C of a noise exposure plan"),
    ] = None
    defence_land: Annotated[
        YesNo,
        Label(
            "logements pour agents de la défense sur terrain militaire",
            "dwellings for defence staff on defence land",
        ),
    ] = None
    station_distance: Annotated[
        Length,
        Label("distance à la gare ou station la plus proche", "distance to the nearest station", "m"),
    ] = None
    transit_quality: Annotated[
        YesNo,
        Label(
            "la qualité de la desserte permet de réduire le stationnement",
            "the quality of service allows less parking",
        ),
    ] = None


class Land(Record):
    """The land transaction."""

    price: Annotated[Money, Label("prix du foncier", "land price", "€")] = None
    market_value: Annotated[Money, Label("valeur vénale du terrain", "market value of the land", "€")] = None
    seller: Annotated[Seller, Label("vendeur", "seller")] = None


class Sector(Record):
    """The planning sector and the rates that the plan sets there; « sans objet » where it sets none."""

    code: Annotated[Text, Label("code du secteur", "sector code")] = None
    zone: Annotated[Text, Label("zone du plan", "plan zone")] = None
    rate_housing: Annotated[
        Rate, Label("majoration habitation du secteur (L. 151-28, 1°)", "sector housing bonus", "%")
    ] = None
    rate_lls: Annotated[
        Rate,
        Label("majoration logement social du secteur (L. 151-28, 2°)", "sector social housing bonus", "%"),
    ] = None
    rate_energy: Annotated[
        Rate, Label("dépassement énergie du secteur (L. 151-28, 3°)", "sector energy bonus", "%")
    ] = None
    rate_lli: Annotated[
        Rate,
        Label(
            "majoration logement intermédiaire du secteur (L. 151-28, 4°)", "sector intermediate bonus", "%"
        ),
    ] = None
    parking_ratio: Annotated[
        ParkingRatio,
        Label(
            "places exigées par logement par le plan",
            "places the plan demands per dwelling",
            "place/dwelling",
        ),
    ] = None


class Parking(Record):
    """What the programme provides."""

    places: Annotated[Count, Label("places de stationnement prévues", "parking places provided", "place")] = (
        None
    )
    care_beds: Annotated[
        Count, Label("lits d'EHPAD ou de résidence universitaire", "care or student beds", "bed")
    ] = None


class Dates(Record):
    """The dates of the file."""

    certificate: Annotated[Day, Label("certificat d'urbanisme", "planning certificate")] = None
    subdivision: Annotated[Day, Label("autorisation de lotir (permis d'aménager)", "subdivision permit")] = (
        None
    )
    subdivision_completed: Annotated[
        Day, Label("achèvement du lotissement", "completion of the subdivision")
    ] = None
    subdivision_declared: Annotated[
        Day, Label("non-opposition à la déclaration de lotissement", "subdivision declaration not opposed")
    ] = None
    refusal: Annotated[Day, Label("refus annulé par le juge", "refusal annulled by the court")] = None
    annulment_notified: Annotated[
        Day, Label("notification de l'annulation du refus", "notice of the annulment of the refusal")
    ] = None
    annulment_final: Annotated[
        Day, Label("annulation du refus devenue définitive", "annulment of the refusal become final")
    ] = None
    confirmation: Annotated[
        Day, Label("confirmation de la demande refusée", "confirmation of the refused request")
    ] = None
    initial_permit: Annotated[
        Day, Label("permis en vigueur dont la modification est demandée", "permit in force to be modified")
    ] = None
    permitted_works_completed: Annotated[
        Day, Label("achèvement des travaux de ce permis", "completion of the works of this permit")
    ] = None
    filing: Annotated[Day, Label("dépôt", "filing")] = None
    decision: Annotated[Day, Label("décision", "decision")] = None
    delivery: Annotated[Day, Label("livraison", "delivery")] = None


class Dwelling(Record):
    """One dwelling, or a line standing for `count` identical dwellings not placed yet."""

    lot: Annotated[Text, Label("n° de lot", "lot number")] = None
    count: Annotated[LineCount, Label("nombre de logements", "number of dwellings", "dwelling")] = 1
    block: Annotated[Text, Label("îlot", "block")] = None
    building: Annotated[Text, Label("bâtiment", "building")] = None
    stairwell: Annotated[Text, Label("cage", "stairwell")] = None
    floor: Annotated[Text, Label("étage", "floor")] = None
    landing: Annotated[Text, Label("palier", "landing")] = None
    rooms: Annotated[Rooms, Label("nombre de pièces", "number of rooms", "room")] = None
    living_area: Annotated[DwellingArea, Label("surface habitable", "living area", "m² of living_area")] = (
        None
    )
    floor_area: Annotated[DwellingArea, Label("surface de plancher", "floor area", "m² of floor_area")] = None
    tenure: Annotated[Tenure, Label("catégorie", "tenure")] = None
    public: Annotated[Public, Label("public", "public")] = None
    residence: Annotated[Residence, Label("nature de la résidence", "kind of residence")] = None
    accessible: Annotated[YesNo, Label("accessible", "accessible")] = None
    pinel: Annotated[
        YesNo, Label("logement Pinel (CGI, art. 199 novovicies)", "Pinel dwelling (CGI, art. 199 novovicies)")
    ] = None
    price: Annotated[Money, Label("prix de vente", "sale price", "€")] = None
    rent: Annotated[Money, Label("loyer mensuel", "monthly rent", "€/month")] = None
    parking_places: Annotated[Count, Label("places de stationnement", "parking places", "place")] = None
    facts: dict[str, Any] = Field(default_factory=dict)


class Premise(Record):
    """Floor area that is not a dwelling."""

    use: Annotated[Use, Label("destination", "use")] = None
    floor_area: Annotated[Area, Label("surface de plancher", "floor area", "m² of floor_area")] = None
    building: Annotated[Text, Label("bâtiment", "building")] = None


class Declared(Record):
    """A total that a document states; it is compared with the lines and never replaces them."""

    count: Annotated[Count, Label("nombre déclaré", "declared number", "dwelling")] = None
    floor_area: Annotated[
        Area, Label("surface de plancher déclarée", "declared floor area", "m² of floor_area")
    ] = None
    tenure: Annotated[Tenure, Label("catégorie", "tenure")] = None
    source: Annotated[Text, Label("document", "document")] = None


class Programme(Record):
    """A programme: its site, its land, its sector, its dwellings, and what is claimed for it."""

    id: Annotated[Text, Label("identifiant du programme", "programme identifier")] = None
    name: Annotated[Text, Label("nom du programme", "programme name")] = None
    collective: Annotated[YesNo, Label("immeuble collectif", "collective building")] = None
    housing_floor_area: Annotated[
        Area,
        Label("surface de plancher d'habitation", "housing floor area", "m² of floor_area"),
    ] = None
    floor_area: Annotated[
        Area, Label("surface de plancher totale", "total floor area", "m² of floor_area")
    ] = None
    extension_of_one: Annotated[
        YesNo,
        Label("réalisation ou extension d'une seule habitation", "a single dwelling or its extension"),
    ] = None
    site: Site = Field(default_factory=Site)
    land: Land = Field(default_factory=Land)
    sector: Sector = Field(default_factory=Sector)
    parking: Parking = Field(default_factory=Parking)
    claims: dict[str, Any] = Field(default_factory=dict)
    elections: dict[str, Any] = Field(default_factory=dict)
    evidence: dict[str, YesNo] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    declared: list[Declared] = Field(default_factory=list)
    dwellings: list[Dwelling] | None = None
    premises: list[Premise] | None = None


class Applicant(Record):
    """Who applies. No rule reads it and no decision depends on it: a register seals it apart."""

    name: Annotated[Text, Label("nom du demandeur", "name of the applicant")] = None
    address: Annotated[Text, Label("adresse du demandeur", "address of the applicant")] = None
    contact: Annotated[Text, Label("courriel ou téléphone du demandeur", "email or telephone")] = None


class Submission(Record):
    """A whole file: what one decision is about."""

    mixrules: Annotated[Text, Label("version du format", "format version")] = None
    id: Annotated[Text, Label("référence du dossier", "file reference")] = None
    phase: Annotated[Phase, Label("phase", "phase")] = None
    dates: Dates = Field(default_factory=Dates)
    commune: Commune = Field(default_factory=Commune)
    district: District = Field(default_factory=District)
    applicant: Applicant | None = None
    programmes: list[Programme] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _one_programme(cls, data: Any) -> Any:
        """Accept `programme: {…}` for a file that holds one programme only."""
        if isinstance(data, dict) and "programme" in data:
            if "programmes" in data:
                raise PydanticCustomError("programme_twice", "programme and programmes", {})
            data = {k: v for k, v in data.items() if k != "programme"} | {"programmes": [data["programme"]]}
        return data
