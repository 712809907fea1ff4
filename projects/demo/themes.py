"""The subjects by which the demo's projects are found."""

from projects.demo.texts import L, columns_of
from projects.models import Theme

THEMES: dict[str, L] = {
    "johtaminen": L("Ilmastojohtaminen", "Klimatledning", "Climate leadership"),
    "energia": L("Energia ja rakennukset", "Energi och byggnader", "Energy and buildings"),
    "liikenne": L("Liikenne ja liikkuminen", "Trafik och rörlighet", "Transport and mobility"),
    "maankaytto": L(
        "Maankäyttö ja kaavoitus", "Markanvändning och planläggning", "Land use and planning"
    ),
    "kiertotalous": L(
        "Kiertotalous ja hankinnat",
        "Cirkulär ekonomi och upphandling",
        "Circular economy and procurement",
    ),
    "ruoka": L("Ruoka ja hävikki", "Mat och matsvinn", "Food and food waste"),
    "luonto": L("Sopeutuminen ja luonto", "Anpassning och natur", "Adaptation and nature"),
    "osallisuus": L(
        "Osallisuus ja viestintä", "Delaktighet och kommunikation", "Participation and outreach"
    ),
}


def make_themes() -> None:
    """Add the subjects that are missing."""
    for order, (slug, name) in enumerate(THEMES.items(), start=1):
        Theme.objects.get_or_create(
            slug=slug, defaults={"order": order, **columns_of({"name": name})}
        )
