"""Editors, organisations and contacts of the demo. Addresses are never real ones."""

from datetime import date, timedelta

from climateportal.models import User
from municipalities.enums import OrganisationKind
from municipalities.models import Organisation
from projects.demo.texts import L, columns_of
from projects.demo.world import World
from projects.enums import ContactKind
from projects.models import Contact

KIND = OrganisationKind

# key → (first and last name, regions in reach). They only sign the changes: they cannot log in.
EDITORS: dict[str, tuple[str, str, list[str]]] = {
    "koordinaattori.etela-pirkanmaa": ("Etelä-Pirkanmaan", "koordinaattori", ["etela-pirkanmaa"]),
    "koordinaattori.kestavat": ("Kestävät-yhteistyön", "koordinaattori", ["kestavat"]),
    "koordinaattori.keski-suomi": ("Keski-Suomen", "koordinaattori", ["keski-suomi"]),
    "koordinaattori.pohjois-savo": ("Pohjois-Savon", "koordinaattori", ["pohjois-savo"]),
    "koordinaattori.uusimaa": ("Uudenmaan", "koordinaattori", ["uusimaa"]),
    "toimitus": ("Esittelyn", "toimitus", []),
}

# key → (kind, name). Municipalities need no row here: they are named by their slug.
ORGANISATIONS: dict[str, tuple[KIND, L]] = {
    "ym": (KIND.STATE, L("Ympäristöministeriö", "Miljöministeriet", "Ministry of the Environment")),
    "tem": (
        KIND.STATE,
        L(
            "Työ- ja elinkeinoministeriö",
            "Arbets- och näringsministeriet",
            "Ministry of Economic Affairs and Employment",
        ),
    ),
    "traficom": (
        KIND.STATE,
        L(
            "Liikenne- ja viestintävirasto Traficom",
            "Transport- och kommunikationsverket Traficom",
            "Finnish Transport and Communications Agency Traficom",
        ),
    ),
    # the ELY Centres of the texts ended with 2025; these carry on their work
    "elinvoimakeskus-etela-pohjanmaa": (
        KIND.STATE,
        L(
            "Etelä-Pohjanmaan elinvoimakeskus",
            "Södra Österbottens livskraftscentral",
            "Economic Development Centre for South Ostrobothnia",
        ),
    ),
    "elinvoimakeskus-ita-suomi": (
        KIND.STATE,
        L(
            "Itä-Suomen elinvoimakeskus",
            "Östra Finlands livskraftscentral",
            "Economic Development Centre for Eastern Finland",
        ),
    ),
    "liitto-etela-pohjanmaa": (
        KIND.REGIONAL_COUNCIL,
        L(
            "Etelä-Pohjanmaan liitto",
            "Södra Österbottens förbund",
            "Regional Council of South Ostrobothnia",
        ),
    ),
    "liitto-keski-suomi": (
        KIND.REGIONAL_COUNCIL,
        L(
            "Keski-Suomen liitto",
            "Mellersta Finlands förbund",
            "Regional Council of Central Finland",
        ),
    ),
    "liitto-pohjois-savo": (
        KIND.REGIONAL_COUNCIL,
        L("Pohjois-Savon liitto", "Norra Savolax förbund", "Regional Council of North Savo"),
    ),
    "liitto-kymenlaakso": (
        KIND.REGIONAL_COUNCIL,
        L("Kymenlaakson liitto", "Kymmenedalens förbund", "Regional Council of Kymenlaakso"),
    ),
    "liitto-kainuu": (
        KIND.REGIONAL_COUNCIL,
        L("Kainuun liitto", "Kajanalands förbund", "Regional Council of Kainuu"),
    ),
    "liitto-pohjanmaa": (
        KIND.REGIONAL_COUNCIL,
        L("Pohjanmaan liitto", "Österbottens förbund", "Regional Council of Ostrobothnia"),
    ),
    "energiatoimisto-etela-pohjanmaa": (
        KIND.OTHER,
        L(
            "Etelä-Pohjanmaan Energiatoimisto",
            "Södra Österbottens energibyrå",
            "South Ostrobothnia Energy Agency",
        ),
    ),
    "maakuntakorkeakoulu-etela-pohjanmaa": (
        KIND.EDUCATION,
        L(
            "Etelä-Pohjanmaan maakuntakorkeakoulu",
            "Landskapshögskolan i Södra Österbotten",
            "Provincial college network of South Ostrobothnia",
        ),
    ),
    "yliopistot-etela-pohjanmaa": (
        KIND.EDUCATION,
        L(
            "Etelä-Pohjanmaalla toimivat yliopistot",
            "Universiteten som verkar i Södra Österbotten",
            "Universities working in South Ostrobothnia",
        ),
    ),
    "kuntaliitto": (
        KIND.ASSOCIATION,
        L("Kuntaliitto", "Kommunförbundet", "Association of Finnish Municipalities"),
    ),
    "navitas": (
        KIND.COMPANY,
        L(
            "Keski-Savon kehitysyhtiö",
            "Utvecklingsbolaget i Mellersta Savolax",
            "Keski-Savo development company",
        ),
    ),
    "kylat": (
        KIND.ASSOCIATION,
        L("Kylien ilmastoverkosto", "Byarnas klimatnätverk", "Village climate network"),
    ),
}

# whose shared mailbox answers residents: key of an organisation → name, the same in any language
MAILBOXES = {
    "lohja": "Lohja", "raasepori": "Raseborg", "narpio": "Närpes", "vaasa": "Vaasa – Vasa",
    "oulu": "Oulu", "liitto-kainuu": "Kainuu", "lahti": "Lahti", "rauma": "Rauma",
    "liitto-kymenlaakso": "Kymenlaakso", "lappeenranta": "Lappeenranta", "mikkeli": "Mikkeli",
    "porvoo": "Porvoo – Borgå", "iisalmi": "Iisalmi", "kemionsaari": "Kimitoön",
    "joensuu": "Joensuu", "keuruu": "Keuruu",
}  # fmt: skip
EXPIRED_DAYS = 10  # a contact whose days are over must be on no page

# key → (kind, name, title, organisation, shown until in days from today)
Person = tuple[ContactKind, str, L, str, int | None]
CONTACTS: dict[str, Person] = {
    "elina.heinonen": (
        ContactKind.PERSON,
        "Elina Heinonen",
        L("Ympäristötarkastaja", "Miljöinspektör", "Environmental inspector"),
        "palkane",
        None,
    ),
    "ossi.kekki": (
        ContactKind.PERSON,
        "Ossi Kekki",
        L("Ilmastoasiantuntija", "Klimatexpert", "Climate expert"),
        "valkeakoski",
        None,
    ),
    "suvi.bayr": (
        ContactKind.PERSON,
        "Suvi Bayr",
        L("Aluekehitysasiantuntija", "Expert på regionutveckling", "Regional development expert"),
        "liitto-keski-suomi",
        None,
    ),
    "projektipaallikko.kestavat": (
        ContactKind.ROLE,
        "Kestävät-yhteistyö",
        L(
            "Ilmastotyön projektipäällikkö",
            "Projektchef för klimatarbetet",
            "Project manager for climate work",
        ),
        "",
        None,
    ),
    **{
        f"ilmastokoordinaattori.{slug}": (
            ContactKind.ROLE,
            area,
            L("Ilmastokoordinaattori", "Klimatkoordinator", "Climate coordinator"),
            "",
            None,
        )
        for slug, area in [
            ("kuopion-seutu", "Kuopion seutu"),
            ("yla-savo", "Ylä-Savo"),
            ("keski-savo", "Keski-Savo"),
            ("savogrow", "SavoGrow"),
        ]
    },
    **{
        f"ilmasto.{slug}": (
            ContactKind.ROLE,
            name,
            L("Ilmastotyön neuvonta", "Rådgivning om klimatarbetet", "Climate work enquiries"),
            slug,
            None,
        )
        for slug, name in MAILBOXES.items()
    },
    "maija.mallikas": (
        ContactKind.PERSON,
        "Maija Mallikas",
        L("Energia-asiantuntija", "Energiexpert", "Energy expert"),
        "lohja",
        None,
    ),
    "matti.malliainen": (
        ContactKind.PERSON,
        "Matti Malliainen",
        L("Projektityöntekijä", "Projektarbetare", "Project worker"),
        "keuruu",
        -EXPIRED_DAYS,
    ),
    "eva.exempel": (
        ContactKind.PERSON,
        "Eva Exempel",
        L("Ilmastosuunnittelija", "Klimatplanerare", "Climate planner"),
        "raasepori",
        None,
    ),
}  # fmt: skip


def make_editors(world: World) -> None:
    """People who sign the demo's changes. Not active and without a password: nobody can log in."""
    for key, (first, last, regions) in EDITORS.items():
        email = f"{key}@example.fi"
        if User.objects.filter(email=email).exists():
            continue
        user = User.objects.create_user(
            email, first_name=first, last_name=last, is_staff=True, is_active=False
        )
        user.regions.set([world.region(slug) for slug in regions])


def organisation(world: World, key: str, day: date) -> Organisation:
    """An organisation by its key, or the one that is the municipality of that slug."""
    if world.is_municipality(key):
        return world.organisation_of(key)
    kind, name = ORGANISATIONS[key]
    found = Organisation.objects.filter(name_fi=name.fi).first()
    return found or world.add(
        Organisation, at=world.moment(day), by=None, kind=kind, name=name
    )  # fmt: skip


def contact(world: World, key: str, day: date) -> Contact:
    """A contact by its key, which is also the part of the address before example.fi."""
    kind, name, title, employer, shown_days = CONTACTS[key]
    email = f"{key}@example.fi"
    found = Contact.objects.filter(email=email).first()
    if found:
        return found
    return world.write(
        Contact(
            kind=kind,
            name=name,
            email=email,
            organisation=organisation(world, employer, day) if employer else None,
            valid_until=(None if shown_days is None else world.today + timedelta(days=shown_days)),
            **columns_of({"title": title}),
        ),
        at=world.moment(day),
    )
