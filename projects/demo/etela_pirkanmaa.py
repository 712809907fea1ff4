"""Real case: Hiilineutraali Etelä-Pirkanmaa 2030. Facts as published, sentences of our own."""

from datetime import date

from projects.demo.files import pdf_file
from projects.demo.plan import Plan, Row
from projects.demo.texts import L, rich
from projects.enums import Licence, ScheduleStatus, Stage

SLUG = "hiilineutraali-etela-pirkanmaa-2030"
MUNICIPALITIES = ["palkane", "valkeakoski", "akaa", "urjala"]

GOALS: list[Row] = [
    {
        "text": L(
            "Etelä-Pirkanmaan ilmasto-ohjelman toimenpiteiden jalkauttaminen käytäntöön",
            "Att föra åtgärderna i Södra Birkalands klimatprogram ut i praktiken",
            "Putting the measures of the Etelä-Pirkanmaa climate programme into practice",
        )
    },
    {
        "text": L(
            "Ilmastojohtamisen seuranta- ja raportointimallin luominen",
            "Att skapa en modell för uppföljning och rapportering av klimatledningen",
            "Creating a model for monitoring and reporting climate leadership",
        )
    },
    {
        "text": L(
            "Edistää alueen asukkaiden, yritysten, järjestöjen ja maataloustoimijoiden "
            "osallisuutta ilmastotyöhön",
            "Att främja att invånare, företag, föreningar och lantbrukare i området deltar i "
            "klimatarbetet",
            "Helping residents, businesses, associations and farmers in the area take part in "
            "climate work",
        )
    },
]

TASKS: list[Row] = [
    {
        "done": date(2022, 11, 30),
        "title": L(
            "Ilmastojohtamisen toimintamalli",
            "Verksamhetsmodell för klimatledning",
            "Operating model for climate leadership",
        ),
        "body": rich(
            """Neljä kuntaa sai yhteisen toimintamallin. Sen avulla ilmasto-ohjelman tavoitteista
            ja toimenpiteistä tulee osa kuntien tavallista työtä.

            Malli kertoo, kuka kunnassa vastaa ilmastotyöstä ja missä roolissa. Siihen kuuluu tapa
            raportoida ilmastotyöstä, ja samalla on etsitty mittarit, joilla toimenpiteiden
            etenemistä seurataan. Myös ilmastoviestinnän käytännöt on kirjattu malliin.

            Pohjana ovat ilmasto-ohjelman näkökulmat. Kuntaorganisaation lisäksi mukana on alueen
            asukkaiden, yritysten, järjestöjen ja maataloustoimijoiden osallistuminen.

            Toimintamalli jää kuntien pysyväksi työtavaksi hankkeen jälkeen, raportointi ja
            viestintä mukaan lukien.""",
            """De fyra kommunerna fick en gemensam verksamhetsmodell. Med den blir klimatprogrammets
            mål och åtgärder en del av kommunernas vanliga arbete.

            Modellen anger vem i kommunen som ansvarar för klimatarbetet och i vilken roll. Den
            innehåller ett sätt att rapportera om klimatarbetet, och indikatorer för att följa
            åtgärderna har kartlagts. Även rutinerna för klimatkommunikation ingår.

            Modellen bygger på klimatprogrammets perspektiv. Utöver kommunens egen organisation
            omfattar de invånarnas, företagens, föreningarnas och lantbrukarnas deltagande.

            Modellen blir kvar i kommunerna som ett bestående arbetssätt efter projektet, inklusive
            rapporteringen och kommunikationen.""",
            """The four municipalities got a shared operating model. With it the goals and measures
            of the climate programme become part of everyday work in the municipalities.

            The model says who in the municipality is responsible for climate work and in which
            role. It includes a way of reporting on climate work, and indicators for following the
            measures have been surveyed. Practices of climate communication are part of it too.

            It builds on the perspectives of the climate programme. Besides the municipal
            organisation they cover the participation of residents, businesses, associations and
            farmers.

            The model stays in the municipalities as a permanent way of working after the project,
            reporting and communication included.""",
        ),
    },
    {
        "done": date(2022, 11, 30),
        "title": L(
            "Ilmastotyön jalkauttamisen opas",
            "Guide för att omsätta klimatarbetet i praktiken",
            "Guide to putting climate work into practice",
        ),
        "body": rich(
            "Oppaaseen on koottu, miten hanke eteni, mitä menetelmiä käytettiin, mitä matkan "
            "varrella huomattiin ja mitkä käytännöt osoittautuivat hyviksi.",
            "Guiden samlar hur projektet framskred, vilka metoder som användes, vad man märkte på "
            "vägen och vilken praxis som visade sig vara god.",
            "The guide brings together how the project went, which methods were used, what was "
            "observed along the way and which practices proved good.",
        ),
    },
    {
        "done": date(2022, 6, 1),
        "title": L("Ilmastovahti", "Klimatvakten (Ilmastovahti)", "Climate Watch (Ilmastovahti)"),
        "body": rich(
            "Ilmastovahti-palvelu otettiin käyttöön. Siellä jokainen voi katsoa, miten kaupungin "
            "ilmastotoimet etenevät.",
            "Tjänsten Ilmastovahti togs i bruk. Där kan vem som helst se hur stadens "
            "klimatåtgärder går framåt.",
            "The Ilmastovahti service was taken into use. There anyone can see how the city’s "
            "climate measures are progressing.",
        ),
    },
    {
        "done": date(2022, 4, 7),
        "title": L(
            "Ilmastojohtamisen koulutukset",
            "Utbildningar i klimatledning",
            "Training in climate leadership",
        ),
        "body": rich(
            """Hanke järjesti neljä koulutusta:

            - kuntien johtoryhmille: Ilmasto-osaamisen johtamisen kehittäminen
            - kuntien asiantuntijoille: Ilmasto-osaaminen Etelä-Pirkanmaalla
            - kuntien luottamushenkilöille: lyhyt perehdytys ilmastoteemaan
            - luottamushenkilöille: Ilmastoteema kuntien johtamisessa ja elinvoiman
              edistämisessä""",
            """Projektet ordnade fyra utbildningar:

            - för kommunernas ledningsgrupper: att utveckla ledningen av klimatkunnandet
            - för kommunernas sakkunniga: klimatkunnande i Södra Birkaland
            - för kommunernas förtroendevalda: en kort introduktion till klimatfrågan
            - för förtroendevalda: klimatet i kommunens ledning och i arbetet för livskraft""",
            """The project arranged four training courses:

            - for management teams of the municipalities: developing leadership of climate skills
            - for experts of the municipalities: climate skills in Etelä-Pirkanmaa
            - for elected representatives: a short introduction to the subject of climate
            - for elected representatives: climate in municipal leadership and local vitality""",
        ),
    },
    {
        "done": date(2022, 3, 24),
        "title": L("Ilmastoaiheiset työpajat", "Verkstäder om klimatet", "Climate workshops"),
        "body": rich(
            """Työpajoja oli kaksi:

            - Kuntien ilmastotoimet ja niiden seuranta, Etelä-Pirkanmaan kuntien johdolle ja
              asiantuntijoille
            - Ilmastokestävä kaavoitus, kuntien maankäytöstä vastaaville asiantuntijoille""",
            """Verkstäderna var två:

            - Kommunernas klimatåtgärder och uppföljningen av dem, för ledning och sakkunniga i
              kommunerna i Södra Birkaland
            - Klimathållbar planläggning, för sakkunniga som ansvarar för markanvändningen""",
            """There were two workshops:

            - Municipal climate measures and how to follow them, for managers and experts of the
              municipalities of Etelä-Pirkanmaa
            - Climate-proof land-use planning, for the experts responsible for land use""",
        ),
    },
]  # fmt: skip


def plans(today: date) -> list[Plan]:
    """The project of case 004."""
    return [
        Plan(
            slug=SLUG,
            by="koordinaattori.etela-pirkanmaa",
            stages=[
                (date(2021, 5, 1), Stage.DECIDED),
                (date(2021, 6, 1), Stage.PLANNING),
                (date(2021, 9, 1), Stage.IMPLEMENTATION),
            ],
            updated=date(2023, 1, 30),
            picture="harju",
            fields={
                "title": L(
                    "Hiilineutraali Etelä-Pirkanmaa 2030",
                    "Koldioxidneutrala Södra Birkaland 2030",
                    "Carbon-neutral Etelä-Pirkanmaa 2030",
                ),
                "summary": L(
                    "Pälkäne, Valkeakoski, Akaa ja Urjala tuovat yhteisen ilmasto-ohjelmansa "
                    "osaksi kuntien jokapäiväistä työtä.",
                    "Pälkäne, Valkeakoski, Ackas och Urjala gör sitt gemensamma klimatprogram till "
                    "en del av kommunernas dagliga arbete.",
                    "Pälkäne, Valkeakoski, Akaa and Urjala make their shared climate programme "
                    "part of the everyday work of the municipalities.",
                ),
                "description": rich(
                    """Hanke on Pälkäneen, Valkeakosken, Akaan ja Urjalan yhteinen. Se käynnistyi
                    toukokuussa 2021 ja kestää syyskuun 2022 loppuun.

                    Rahoitus tulee ympäristöministeriön Kuntien ilmastoratkaisut -ohjelmasta.""",
                    """Projektet är gemensamt för Pälkäne, Valkeakoski, Ackas och Urjala. Det
                    började i maj 2021 och pågår till slutet av september 2022.

                    Finansieringen kommer från miljöministeriets program Kommunernas
                    klimatlösningar.""",
                    """The project is shared by Pälkäne, Valkeakoski, Akaa and Urjala. It began in
                    May 2021 and runs until the end of September 2022.

                    It is funded by the Municipal Climate Solutions Programme of the Ministry of the
                    Environment.""",
                ),
                "image_alt": L(
                    "Piirros: pitkospuut johtavat veden yli metsäisille harjuille.",
                    "Teckning: spänger leder över vatten mot skogiga åsar.",
                    "Drawing: duckboards lead over water towards wooded ridges.",
                ),
                "start_date": date(2021, 5, 1),
                "end_date": date(2022, 9, 30),
                "implements": L(
                    "Etelä-Pirkanmaan ilmasto-ohjelma",
                    "Södra Birkalands klimatprogram",
                    "Etelä-Pirkanmaa climate programme",
                ),
            },
            last={
                "stated_status": ScheduleStatus.ON_TIME,
                "stated_reason": L(
                    "Kuntien ilmoittama tilanne 30.1.2023: kaikki hankkeen tehtävät on tehty.",
                    "Läget som kommunerna meddelade den 30 januari 2023: alla uppgifter i "
                    "projektet är utförda.",
                    "As reported by the municipalities on 30 January 2023: all tasks of the "
                    "project are done.",
                ),
                "afterlife": rich(
                    "Ilmastojohtamisen toimintamalli jää kuntien pysyväksi työtavaksi. Siihen "
                    "kuuluvat myös ilmastotyön raportointi ja viestintä.",
                    "Verksamhetsmodellen för klimatledning blir kvar som kommunernas bestående "
                    "arbetssätt. Till den hör också rapporteringen och kommunikationen.",
                    "The operating model for climate leadership stays as the municipalities’ "
                    "permanent way of working, together with reporting and communication.",
                ),
            },
            municipalities=list(MUNICIPALITIES),
            regions=["etela-pirkanmaa"],
            themes=["johtaminen", "osallisuus", "maankaytto"],
            related=["elinkeinoelaman-ja-kunnan-ilmastoyhteistyo"],
            responsible=MUNICIPALITIES,
            contacts=[
                {"contact": "elina.heinonen", "is_primary": True},
                {"contact": "ossi.kekki"},
            ],
            goals=GOALS,
            tasks=TASKS,
            materials=[
                {
                    "title": L(
                        "Ilmastotyön jalkauttamisen opas: esittelysivu",
                        "Guide för klimatarbetet: presentationsblad",
                        "Guide to climate work: introduction page",
                    ),
                    "file": pdf_file(
                        "ilmastotyon-opas",
                        "Ilmastotyön jalkauttamisen opas",
                        [
                            "Tämä on esittelysivuston esimerkkitiedosto, ei varsinainen opas.",
                            "Kunnat: Pälkäne, Valkeakoski, Akaa ja Urjala.",
                            "Opas valmistui 30.11.2022.",
                        ],
                    ),
                    "published_on": date(2022, 11, 30),
                    "licence": Licence.CC_BY,
                },
                {
                    "title": L(
                        "Ilmastojohtamisen toimintamalli",
                        "Verksamhetsmodellen för klimatledning",
                        "The operating model for climate leadership",
                    ),
                    "url": "https://example.fi/etela-pirkanmaa/toimintamalli",
                    "published_on": date(2022, 11, 30),
                },
            ],
        )
    ]


def practices(today: date) -> list[Row]:
    """What other municipalities can copy from case 004."""
    return [
        {
            "slug": "ilmastojohtamisen-toimintamalli",
            "project": SLUG,
            "published_on": date(2022, 11, 30),
            "resources": 2,
            "adopted_by": [(slug, date(2022, 11, 30)) for slug in MUNICIPALITIES],
            "title": L(
                "Ilmastotyön vastuut, raportointi ja viestintä yhdessä mallissa",
                "Ansvar, rapportering och kommunikation i en modell för klimatarbetet",
                "Responsibilities, reporting and communication in one model",
            ),
            "what": L(
                "Kunta kirjaa yhteen malliin, kuka vastaa mistäkin ilmastotoimesta, millä "
                "mittareilla etenemistä seurataan ja miten siitä kerrotaan.",
                "Kommunen skriver in i en modell vem som ansvarar för vilken klimatåtgärd, med "
                "vilka indikatorer arbetet följs och hur man berättar om det.",
                "The municipality writes into one model who answers for which climate measure, by "
                "which indicators progress is followed and how it is reported to residents.",
            ),
            "why": L(
                "Ilmasto-ohjelma jää helposti hyllyyn, jos sen toimet eivät kuulu kenenkään "
                "työhön.",
                "Ett klimatprogram blir lätt liggande om åtgärderna inte hör till någons arbete.",
                "A climate programme easily stays on the shelf when its measures are nobody’s job.",
            ),
            "how": rich(
                """- Nimeä jokaiselle toimelle vastuuhenkilö ja rooli.
                - Valitse muutama mittari, jotka saa kerättyä vuosittain.
                - Sovi, kenelle ja milloin raportoidaan.""",
                """- Utse en ansvarig och en roll för varje åtgärd.
                - Välj några indikatorer som går att samla in varje år.
                - Kom överens om till vem och när man rapporterar.""",
                """- Name a person and a role for every measure.
                - Choose a few indicators that can be collected every year.
                - Agree to whom and when you report.""",
            ),
            "where": L(
                "Kaikenkokoisiin kuntiin. Naapurikunnat voivat tehdä mallin yhdessä.",
                "Kommuner av alla storlekar. Grannkommuner kan göra modellen tillsammans.",
                "Municipalities of any size. Neighbours can build the model together.",
            ),
        },
        {
            "slug": "koulutus-joka-tasolle",
            "project": SLUG,
            "published_on": date(2022, 6, 1),
            "resources": 1,
            "adopted_by": [(slug, date(2022, 4, 7)) for slug in MUNICIPALITIES],
            "title": L(
                "Ilmastokoulutus johdolle, asiantuntijoille ja luottamushenkilöille",
                "Klimatutbildning för ledning, sakkunniga och förtroendevalda",
                "Climate training for managers, experts and elected representatives",
            ),
            "what": L(
                "Jokaiselle ryhmälle järjestetään oma koulutus, jossa puhutaan sen päätöksistä ja "
                "työstä.",
                "Varje grupp får en egen utbildning som handlar om dess beslut och arbete.",
                "Each group gets a course of its own about its decisions and work.",
            ),
            "why": L(
                "Ilmastotyö etenee, kun päättäjät, johto ja asiantuntijat puhuvat samaa kieltä.",
                "Klimatarbetet går framåt när beslutsfattare, ledning och sakkunniga talar samma "
                "språk.",
                "Climate work moves on when decision-makers, managers and experts speak the same "
                "language.",
            ),
        },
    ]
