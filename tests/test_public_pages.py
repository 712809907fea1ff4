"""Every public page of the demo, in every language: found, well-formed, silent about drafts."""

import itertools
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client

from projects.models import Project
from tests.public_pages import LANGUAGES, addresses

pytestmark = [pytest.mark.usefixtures("demo", "db"), pytest.mark.any_database]
VOID = {
    "option",
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}


class Outline(HTMLParser):
    """What a page is made of: nesting, headings, identifiers, references, links."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.links: set[str] = set()
        self.named: dict[str, set[str]] = {}  # the addresses behind each name of a link
        self.problems: list[str] = []
        self._heading: list[str] | None = None
        self._link: tuple[str, list[str]] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"] or "")
        for name in ("aria-labelledby", "aria-describedby", "for", "aria-controls"):
            self.references.update((values.get(name) or "").split())
        href = values.get("href") or ""
        if tag == "a" and href.startswith("#"):
            self.references.add(href[1:])
        elif tag == "a" and href.startswith("/"):
            self.links.add(href)
        if tag == "img" and "alt" not in values:
            self.problems.append(f"img without alt: {values.get('src')}")
        if tag in {"script", "style"} or "style" in values:
            self.problems.append(f"inline or script: <{tag} {attrs}>")
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._heading = []
        if tag == "a":
            self._link = href, [values.get("aria-label") or ""]
        if tag not in VOID:
            self.stack.append(tag)

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)
        if self._link is not None and not self._link[1][0]:
            self._link[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.stack or self.stack[-1] != tag:
            if tag in {"use", "rect", "line", "circle", "path"}:
                return
            self.problems.append(f"</{tag}> closes {self.stack[-3:]}")
            return
        self.stack.pop()
        if self._link is not None and tag == "a":
            href, words = self._link
            self.named.setdefault(" ".join("".join(words).split()), set()).add(href)
            self._link = None
        if self._heading is not None and tag[0] == "h" and tag[1:].isdigit():
            self.headings.append((int(tag[1]), " ".join("".join(self._heading).split())))
            self._heading = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()


@pytest.fixture(scope="module")
def pages(demo: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Each public page once: address → HTML."""
    with django_db_blocker.unblock():
        client, found = Client(), {}
        for address in addresses():
            response = client.get(address)
            assert response.status_code == 200, f"{address}: {response.status_code}"
            assert not response.cookies, f"{address} sets a cookie"
            assert "default-src 'none'" in response["Content-Security-Policy"]
            found[address] = response.content.decode()
        yield found


def test_each_has_one_h1_and_no_skipped_or_empty_heading(pages: dict[str, str]) -> None:
    for address, html in pages.items():
        headings = Outline(html).headings
        assert [level for level, _text in headings].count(1) == 1, address
        assert all(text for _level, text in headings), f"{address} has an empty heading"
        for (above, _), (below, text) in itertools.pairwise(headings):
            assert below <= above + 1, f"{address}: level skipped before {text!r}"


def test_each_is_well_formed_and_refers_only_to_what_it_has(pages: dict[str, str]) -> None:
    for address, html in pages.items():
        outline = Outline(html)
        assert not outline.problems, f"{address}: {outline.problems[:3]}"
        twice = {name for name in outline.ids if outline.ids.count(name) > 1}
        assert not twice, f"{address} has ids twice: {twice}"
        missing = outline.references - set(outline.ids) - {""}
        assert not missing, f"{address} refers to missing {missing}"


def test_links_of_one_name_lead_to_one_place(pages: dict[str, str]) -> None:
    """Somebody who hears the links of a page without what is around them can tell them apart."""
    for address, html in pages.items():
        main = html[html.index("<main") : html.index("</main>") + len("</main>")]
        named = Outline(main).named
        assert "" not in named, f"{address}: a link without a name leads to {named['']}"
        unclear = {name: places for name, places in named.items() if len(places) > 1}
        assert not unclear, f"{address}: {unclear}"


def test_each_says_its_language(pages: dict[str, str]) -> None:
    for address, html in pages.items():
        language = address[1:3] if address[:4] in ("/sv/", "/en/") else "fi"
        assert f'<html lang="{language}">' in html, address


def test_dates_and_times_are_written_as_the_language_writes_them(pages: dict[str, str]) -> None:
    shown: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for address, html in pages.items():
        language = address[1:3] if address[:4] in ("/sv/", "/en/") else "fi"
        shown[language].update(re.findall(r"<time [^>]*>([^<]*)</time>", html))
    assert min(len(texts) for texts in shown.values()) > 50
    months = re.compile(r"[A-Z][a-z]+\s\d{4}")
    assert not [text for text in shown["en"] if re.search(r"\d\.\d|\d/\d", text)]
    assert not [text for text in shown["fi"] if months.search(text) or re.search(r"\d:\d", text)]
    assert not [text for text in shown["sv"] if months.search(text)]
    assert any(re.search(r"\d\s[a-z]+\s\d{4}", text) for text in shown["sv"])


def test_no_draft_and_no_note_leaks(pages: dict[str, str]) -> None:
    public = Project.objects.published()
    hidden = Project.objects.exclude(pk__in=public.values("pk"))
    secrets = {row.title_fi for row in hidden} | {f"/{row.slug}/" for row in hidden}
    secrets |= {row.internal_notes for row in Project.objects.exclude(internal_notes="")}
    assert len(secrets) > 3, "the demo has a draft, a scheduled project and an internal note"
    for address, html in pages.items():
        leaked = {secret for secret in secrets if secret in html}
        assert not leaked, f"{address} tells {leaked}"


def test_no_unfilled_value_reaches_a_reader(pages: dict[str, str]) -> None:
    for address, html in pages.items():
        text = re.sub(r"<[^>]+>", " ", html)
        for trace in ("None", "{{", "{%", "%(", "NaN", "Undefined"):
            assert not re.search(rf"(?<!\w){re.escape(trace)}(?!\w)", text), f"{address}: {trace}"


def test_every_link_leads_somewhere(pages: dict[str, str]) -> None:
    links = {link.split("#")[0] for html in pages.values() for link in Outline(html).links}
    links -= set(pages)
    client, seen_patterns = Client(), {}
    for link in sorted(links):
        # one address of each kind per language is enough of the municipalities and filters
        pattern = re.sub(r"[^/]+/$", "*", link.split("?")[0]) + re.sub(
            r"=[^&]*", "=", link.partition("?")[2]
        )
        seen_patterns.setdefault(pattern, []).append(link)
    for some in seen_patterns.values():
        for link in some[:6]:
            status = client.get(link).status_code
            assert status in (200, 301, 302), f"{link}: {status}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_addresses_are_404_with_a_way_on(language: str) -> None:
    prefix = "" if language == "fi" else f"/{language}"
    paths = {"fi": "/hankkeet/ei-ole/", "sv": "/projekt/finns-inte/", "en": "/projects/nothing/"}
    response = Client().get(prefix + paths[language])
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}">' in html
    assert 'type="search"' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    "query",
    ["page=abc", "page=999999", "page=-1", "page=", "q=" + "x" * 3000, "q=%F0%9F%98%80",
     "q=%ff%fe", "vaihe=zzz", "alue=%C3%A4&alue=b", "teema=<script>", "jarjestys=drop table",
     "q=\"' OR 1=1 --", "q=%25_%5C", "&&&===", "kunta[]=1"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/hankkeet/", "/kunnat/", "/alueet/", "/kunnat/palkane/"])
def test_odd_queries_give_a_sensible_page(path: str, query: str) -> None:
    response = Client().get(f"{path}?{query}")
    assert response.status_code in (200, 302), response.status_code
    assert b"<script>" not in response.content


@pytest.mark.parametrize(
    "path",
    ["/hankkeet/?q=%00", "/hankkeet/?" + "q=" + "x" * 10_000, "/hankkeet/a%00b/", "/?%00=1"],
)
def test_unreadable_requests_are_refused_politely(path: str) -> None:
    response = Client().get(path)
    assert response.status_code in (400, 404)
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("path", ["/%ff%fe/", "/hankkeet/%c3%28/", "/sv/%80/"])
def test_bad_utf8_in_an_address_is_not_found(path: str) -> None:
    assert Client().get(path).status_code in (400, 404)
