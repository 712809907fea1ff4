"""Case 003's library of operating models: invented examples of what it could hold."""

from datetime import date

from projects.demo.elinkeinoelama import MUNICIPALITIES, SLUG
from projects.demo.plan import Row
from projects.demo.texts import L, rich

PUBLISHED = date(2022, 6, 15)


# ways in which a municipality can do climate work with businesses
MODELS: list[Row] = [
    {
        "slug": "ilmastokumppanuus",
        "resources": 2,
        "adopted_by": [(slug, PUBLISHED) for slug in MUNICIPALITIES],
        "title": L(
            "Ilmastokumppanuus yrityksen kanssa",
            "Klimatpartnerskap med ett företag",
            "Climate partnership with a business",
        ),
        "what": L(
            "Kunta ja yritys sopivat kirjallisesti, mitä kumpikin tekee päästöjen "
            "vähentämiseksi, ja katsovat tilanteen yhdessä kerran vuodessa.",
            "Kommunen och företaget avtalar skriftligt vad var och en gör för att minska "
            "utsläppen och ser tillsammans över läget en gång om året.",
            "The municipality and a business agree in writing what each does to cut emissions "
            "and look at the situation together once a year.",
        ),
        "why": L(
            "Suurin osa alueen päästöistä syntyy muualla kuin kunnan omassa toiminnassa.",
            "Största delen av utsläppen i området uppstår utanför kommunens egen verksamhet.",
            "Most of the emissions of an area come from elsewhere than the municipality’s own "
            "work.",
        ),
        "how": rich(
            "- Aloita muutamasta innostuneesta yrityksestä. - Sovi toimista, joita voi mitata. "
            "- Kerro tuloksista yrityksen omalla nimellä.",
            "- Börja med några ivriga företag. - Avtala om åtgärder som kan mätas. - Berätta "
            "om resultaten i företagets eget namn.",
            "- Begin with a few keen businesses. - Agree on measures that can be measured. "
            "- Tell the results in the business’s own name.",
        ),
        "where": L(
            "Kuntiin, joissa on yrityspalveluja tai kehitysyhtiö.",
            "Kommuner som har företagstjänster eller ett utvecklingsbolag.",
            "Municipalities with business services or a development company.",
        ),
    },
    {
        "slug": "ilmasto-yrityskaynneilla",
        "resources": 1,
        "adopted_by": [("vantaa", PUBLISHED), ("jarvenpaa", PUBLISHED)],
        "title": L(
            "Ilmasto mukaan tavallisille yrityskäynneille",
            "Klimatet med på vanliga företagsbesök",
            "Climate on the agenda of ordinary company visits",
        ),
        "what": L(
            "Kunnan yrityspalvelut kysyvät jokaisella käynnillä kolme ilmastokysymystä ja "
            "ohjaavat yrityksen neuvontaan.",
            "Kommunens företagstjänster ställer tre klimatfrågor vid varje besök och hänvisar "
            "företaget till rådgivning.",
            "The municipality’s business services ask three climate questions on every visit "
            "and guide the business to advice.",
        ),
        "results": L(
            "Kunta oppii, mitä yritykset toivovat, eikä yrityksiltä kulu lisää aikaa.",
            "Kommunen får veta vad företagen önskar, och det tar ingen extra tid av dem.",
            "The municipality learns what businesses wish for, at no extra time for them.",
        ),
    },
    {
        "slug": "kiertotalouspaivakahvit",
        "resources": 1,
        "adopted_by": [("kerava", PUBLISHED)],
        "title": L(
            "Kiertotalouskahvit naapuriyrityksille",
            "Cirkulära kaffestunder för grannföretag",
            "Circular economy coffee for neighbouring businesses",
        ),
        "what": L(
            "Saman yritysalueen yritykset kokoontuvat kahville ja katsovat, mikä on yhdelle "
            "jätettä ja toiselle raaka-ainetta.",
            "Företagen på samma företagsområde samlas till kaffe och ser vad som är avfall för "
            "den ena och råvara för den andra.",
            "Businesses of one area meet over coffee and see what is waste for one and raw "
            "material for another.",
        ),
    },
]


def practices(today: date) -> list[Row]:
    """The models with what they share."""
    return [{"project": SLUG, "published_on": PUBLISHED, **row} for row in MODELS]
