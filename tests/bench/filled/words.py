"""What made-up names and texts are put together from."""

BEGINNINGS = (
    "Aho", "Haapa", "Honka", "Joki", "Kallio", "Koski", "Kuusi", "Lampi", "Lehto", "Metsä",
    "Niemi", "Pelto", "Ranta", "Salo",
)  # fmt: skip
ENDINGS = (
    "järvi", "kylä", "lahti", "la", "niemi", "perä", "ranta", "salmi", "suo", "vaara", "vesi", "ä",
)  # fmt: skip
WORDS = (
    "ilmasto", "energia", "kaavoitus", "liikenne", "pyöräily", "rakennus", "lämpö", "öljy",
    "tuuli", "aurinko", "metsä", "suo", "vesi", "hulevesi", "kiertotalous", "hankinta", "koulu",
    "päiväkoti", "ruoka", "viestintä", "asukas", "yritys", "neuvonta", "päästö", "laskenta",
    "seuranta", "ohjelma", "sopeutuminen", "tulva", "helle", "johtaminen", "toimintamalli",
    "yhteistyö",
)  # fmt: skip
THEMES = ("Johtaminen", "Energia", "Liikenne", "Kaavoitus", "Kiertotalous", "Ruoka", "Vesi", "Väki")
