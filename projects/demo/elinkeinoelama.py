"""Real case: climate cooperation of business and municipality in Vantaa, Kerava and Järvenpää."""

from datetime import date

from projects.demo.files import text_file
from projects.demo.plan import Plan, Row
from projects.demo.texts import L, rich
from projects.enums import Licence, Stage

SLUG = "elinkeinoelaman-ja-kunnan-ilmastoyhteistyo"
MUNICIPALITIES = ["vantaa", "kerava", "jarvenpaa"]
BEGINS, ENDS = date(2021, 5, 1), date(2022, 6, 30)

GOALS: list[Row] = [
    {
        "text": L(
            "Toimintamallikirjasto: kuntien keinot tehdä ilmastoyhteistyötä yritysten kanssa "
            "kootaan yhteen paikkaan, josta ne on helppo monistaa koko maassa.",
            "Ett modellbibliotek: kommunernas sätt att samarbeta med företag om klimatet samlas på "
            "ett ställe, där de är lätta att kopiera i hela landet.",
            "A library of operating models: the ways municipalities cooperate with businesses on "
            "climate are gathered in one place, easy to copy all over the country.",
        ),
        "state": "met",
    },
    {
        "text": L(
            "Hankekunnat saavat oman paikallisen mallin ilmastoyhteistyölle.",
            "Projektkommunerna får en egen lokal modell för klimatsamarbete.",
            "The project municipalities get a local model of climate cooperation of their own.",
        ),
        "state": "met",
    },
]

PACKAGES: list[Row] = [
    {
        "title": L("Nykytilan kartoitus", "Kartläggning av nuläget", "Mapping the present state"),
        "description": rich(
            "Selvitetään, millaista yritysyhteistyötä Vantaa, Kerava ja Järvenpää tekevät nyt ja "
            "miten ilmasto näkyy siinä.",
            "Man utreder hurdant företagssamarbete Vanda, Kervo och Träskända har nu och hur "
            "klimatet syns i det.",
            "Finding out what cooperation with businesses Vantaa, Kerava and Järvenpää have now, "
            "and how climate shows in it.",
        ),
    },
    {
        "title": L("Yritysten näkökulma", "Företagens perspektiv", "The businesses’ view"),
        "description": rich(
            "Kysytään, mitä alueen yritykset toivovat kunnalta ja miten kunta voi käytännössä "
            "tukea niiden ilmastotyötä.",
            "Man frågar vad företagen i området önskar av kommunen och hur kommunen i praktiken "
            "kan stödja deras klimatarbete.",
            "Asking what local businesses wish from the municipality and how it can support their "
            "climate work in practice.",
        ),
    },
    {
        "title": L("Pilotti", "Pilotförsök", "Pilot"),
        "description": rich(
            "Kokeillaan mallia, jonka selvitysten perusteella arvioidaan toimivan hankekunnissa "
            "parhaiten. Sen pitää edistää kaupunkien ilmastotavoitteita ja helpottaa yritysten "
            "ilmastotyötä.",
            "Man prövar den modell som enligt utredningarna väntas fungera bäst i "
            "projektkommunerna. Den ska främja städernas klimatmål och underlätta företagens "
            "klimatarbete.",
            "Trying the model expected to work best in the project municipalities. It is meant to "
            "further the cities’ climate goals and make climate work easier for businesses.",
        ),
    },
    {
        "title": L("Mallin valinta", "Val av modell", "Choosing the model"),
        "description": rich(
            "Valitaan lopullinen malli. Valintaan vaikuttavat ainakin pilotin tulokset, kunnan "
            "erityispiirteet ja käytettävissä olevat resurssit. Lisäksi tehdään suunnitelma siitä, "
            "miten yhteistyö jatkuu.",
            "Den slutliga modellen väljs. Valet påverkas åtminstone av pilotens resultat, "
            "kommunens särdrag och de resurser som finns. Dessutom görs en plan för hur "
            "samarbetet fortsätter.",
            "The final model is chosen. The results of the pilot, the character of the "
            "municipality and its resources weigh in the choice. A plan is made for how the "
            "cooperation continues.",
        ),
    },
]

TASKS: list[Row] = [
    {
        "package": 1,
        "title": L(
            "Selvitys kaupunkien yritysyhteistyöstä",
            "Utredning om städernas företagssamarbete",
            "Study of the cities’ cooperation with businesses",
        ),
    },
    {
        "package": 2,
        "title": L(
            "Yritysten toiveiden selvittäminen",
            "Utredning av företagens önskemål",
            "Finding out what businesses wish for",
        ),
    },
    {
        "package": 3,
        "title": L(
            "Ilmastoyhteistyön mallin pilotointi",
            "Pilotförsök med en modell för klimatsamarbete",
            "Piloting a model of climate cooperation",
        ),
    },
    {
        "package": 4,
        "title": L(
            "Lopullisen mallin valinta ja jatkosuunnitelma",
            "Val av slutlig modell och plan för fortsättningen",
            "Choosing the final model and planning what follows",
        ),
    },
    {
        "title": L(
            "Toimintamallikirjasto",
            "Biblioteket av verksamhetsmodeller",
            "The library of operating models",
        ),
        "body": rich(
            "Kirjastoon on koottu keinoja, joilla kunnat tekevät ilmastoyhteistyötä alueensa "
            "yritysten kanssa. Muut kunnat voivat ottaa ne käyttöön sellaisinaan.",
            "Biblioteket samlar sätt på vilka kommuner samarbetar med företag i området om "
            "klimatet. Andra kommuner kan ta dem i bruk som de är.",
            "The library holds ways in which municipalities cooperate on climate with local "
            "businesses. Other municipalities can take them into use as they are.",
        ),
    },
]


def plans(today: date) -> list[Plan]:
    """The project of case 003."""
    return [
        Plan(
            slug=SLUG,
            by="koordinaattori.uusimaa",
            stages=[
                (BEGINS, Stage.PLANNING),
                (date(2021, 9, 1), Stage.IMPLEMENTATION),
                (ENDS, Stage.COMPLETED),
            ],
            completed_on=ENDS,
            updated=date(2022, 7, 4),
            fields={
                "title": L(
                    "Elinkeinoelämän ja kunnan ilmastoyhteistyö",
                    "Klimatsamarbete mellan näringslivet och kommunen",
                    "Climate cooperation of business and municipality",
                ),
                "summary": L(
                    "Vantaa, Kerava ja Järvenpää etsivät yhdessä alueen yritysten kanssa tavan "
                    "tehdä ilmastotyötä, joka jatkuu hankkeen jälkeen.",
                    "Vanda, Kervo och Träskända söker med företagen i området ett sätt att göra "
                    "klimatarbete som fortsätter efter projektet.",
                    "Vantaa, Kerava and Järvenpää look together with local businesses for a way of "
                    "doing climate work that goes on after the project.",
                ),
                "description": _DESCRIPTION,
                "start_date": BEGINS,
                "end_date": ENDS,
            },
            last={
                "afterlife": rich(
                    "Hankekuntiin valittua ilmastoyhteistyön mallia ylläpidetään hankkeen jälkeen. "
                    "Sen ympärille tehty suunnitelma varmistaa, että yhteistyö yritysten kanssa "
                    "jatkuu. Toimintamallikirjasto on kaikkien kuntien käytettävissä.",
                    "Den valda modellen för klimatsamarbete upprätthålls i projektkommunerna efter "
                    "projektet. En plan kring den säkrar att samarbetet med företagen fortsätter. "
                    "Modellbiblioteket kan användas av alla kommuner.",
                    "The chosen model of climate cooperation is maintained in the project "
                    "municipalities after the project. A plan around it ensures that the "
                    "cooperation with businesses goes on. The library is open to all "
                    "municipalities.",
                )
            },
            municipalities=list(MUNICIPALITIES),
            regions=["uusimaa"],
            themes=["johtaminen", "kiertotalous", "osallisuus"],
            responsible=MUNICIPALITIES,
            goals=GOALS,
            packages=PACKAGES,
            tasks=[{**row, "completed_precision": "year", "done": ENDS} for row in TASKS],
            materials=[
                {
                    "title": L(
                        "Toimintamallikirjasto", "Modellbiblioteket", "Library of operating models"
                    ),
                    "url": "https://example.fi/toimintamallikirjasto",
                    "published_on": date(2022, 6, 15),
                    "licence": Licence.CC_BY,
                },
                {
                    "title": L(
                        "Näin luet toimintamallikirjastoa",
                        "Så läser du modellbiblioteket",
                        "How to read the library of operating models",
                    ),
                    "file": text_file(
                        "nain-luet-toimintamallikirjastoa",
                        [
                            "Esittelysivuston esimerkkitiedosto.",
                            "1. Valitse malli, joka sopii kuntasi kokoon.",
                            "2. Katso, paljonko työtä se vaatii.",
                            "3. Kysy kokemuksia kunnalta, joka on jo kokeillut.",
                        ],
                    ),
                    "licence": Licence.CC0,
                },
            ],
            news=[
                {
                    "date": date(2021, 5, 3),
                    "title": L(
                        "Yhteistyöhanke on käynnistynyt Vantaalla, Keravalla ja Järvenpäässä",
                        "Samarbetsprojektet har börjat i Vanda, Kervo och Träskända",
                        "The joint project has begun in Vantaa, Kerava and Järvenpää",
                    ),
                },
                {
                    "date": date(2022, 6, 15),
                    "title": L(
                        "Toimintamallikirjasto on kaikkien käytössä",
                        "Modellbiblioteket är öppet för alla",
                        "The library of operating models is open to all",
                    ),
                },
            ],
        )
    ]


_DESCRIPTION = rich(
    """Vantaa, Kerava ja Järvenpää ovat asettaneet ilmastotavoitteita, joilla alueen
    hiilidioksidipäästöjä vähennetään. Kaupungit eivät pääse niihin yksin: myös yritysten on
    innostuttava ilmastotyöstä. Siksi kaupungit kehittävät yhteistyötä alueensa yritysten kanssa.

    Noin vuoden kestävässä hankkeessa on kaksi päätavoitetta: toimintamallikirjasto kaikille
    kunnille ja paikallinen ilmastoyhteistyön malli hankekunnille. Hanke kestää 1.5.2021–30.6.2022,
    ja sen budjetti on 100 000 euroa.

    Rahoitus tulee ympäristöministeriön Kuntien ilmastoratkaisut -ohjelmasta. Käynnissä on
    muitakin kuntien ja yritysten ilmastoyhteistyön hankkeita, joista kerrotaan
    <a href="https://ym.fi/">ympäristöministeriön sivuilla</a>.""",
    """Vanda, Kervo och Träskända har klimatmål som ska minska koldioxidutsläppen i området.
    Städerna når dem inte ensamma: också företagen behöver bli intresserade av klimatarbetet. Därför
    utvecklar städerna samarbetet med företagen i sitt område.

    Projektet tar ungefär ett år och har två huvudmål: ett bibliotek av verksamhetsmodeller för alla
    kommuner och en lokal modell för klimatsamarbete i projektkommunerna. Projektet pågår
    1.5.2021–30.6.2022 och har en budget på 100 000 euro.

    Finansieringen kommer från miljöministeriets program Kommunernas klimatlösningar. Det
    pågår också andra projekt där kommuner och företag samarbetar om klimatet. Om dem berättas på
    <a href="https://ym.fi/sv/">miljöministeriets webbplats</a>.""",
    """Vantaa, Kerava and Järvenpää have set climate goals that will cut carbon dioxide emissions in
    the area. The cities cannot reach them alone: businesses must also take an interest in climate
    work. That is why the cities develop cooperation with the businesses of their area.

    The project takes about a year and has two main goals: a library of operating models for all
    municipalities, and a local model of climate cooperation for the project municipalities. It
    runs from 1 May 2021 to 30 June 2022 with a budget of 100,000 euros.

    Funding comes from the Municipal Climate Solutions Programme of the Ministry of the Environment.
    Other projects where municipalities and businesses cooperate on climate are under way too;
    they are presented on <a href="https://ym.fi/en/">the Ministry’s website</a>.""",
)
