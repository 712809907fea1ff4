"""Message catalogues without gettext on the machine: extraction, merging, compiling, checking.

The English source strings are the msgids. In fi and sv every entry needs a text; in en an empty
msgstr means "as in the source" (Django falls back to the msgid, plural forms included), so English
is filled in only where the wording should differ. A .po file holds no dates and no line numbers:
its diff shows what changed in the texts and nothing else. The .mo files are build products.
"""

import ast
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "climateportal" / "locale"
LANGUAGES = ("fi", "sv", "en")
SOURCE_LANGUAGE = "en"
APPS = ("climateportal", "municipalities", "projects")
TEMPLATE_SUFFIXES = (".html", ".txt", ".xml", ".svg")
COMMENT_TAGS = ("Translators:",)
_PLURAL, _CONTEXT, _CONTEXT_PLURAL = (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _CONTEXT_PLURAL),
}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: climateportal\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
# %(name)s, %s, {name}, <slug:slug> and tags: what a translation must carry over unchanged
MARKS = re.compile(r"%\(\w+\)[a-z]|%[sd]\b|\{\w*\}|<[^>]+>")


def po_path(language: str, locale: Path = LOCALE) -> Path:
    """Where the catalogue of a language is."""
    return locale / language / "LC_MESSAGES" / "django.po"


def sources(root: Path = ROOT) -> Iterator[Path]:
    """The files that may hold strings: our Python outside migrations, and our templates."""
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.relative_to(root).parts:
                yield path
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in TEMPLATE_SUFFIXES:
            yield path


def as_python(path: Path) -> bytes:
    """A source file as text that Babel's Python extractor can read.

    A template becomes gettext calls amid filler; the brackets make Python's tokenizer indifferent
    to its indentation.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    return f"(\n{templatize(text, origin=str(path))}\n)\n".encode()


def keywords_of(path: Path) -> dict[str, Any]:
    """The names that mark strings in a file: the usual ones and those it imports them as."""
    found = dict(KEYWORDS)
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                names = ((name.asname, name.name) for name in node.names if name.asname)
                found.update({ours: KEYWORDS[name] for ours, name in names if name in KEYWORDS})
    return found


def extracted(root: Path = ROOT) -> Catalog:
    """All strings marked for translation, with the files they are in, not yet translated."""
    catalog = Catalog()
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        found = extract("python", io.BytesIO(as_python(path)), keywords_of(path), COMMENT_TAGS)
        for _line, msgid, comments, context in found:
            catalog.add(msgid, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def read_catalogue(language: str, locale: Path = LOCALE) -> Catalog:
    """The catalogue of a language as it is on disk; an empty one when there is none."""
    path = po_path(language, locale)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def merged(fresh: Catalog, old: Catalog, language: str) -> Catalog:
    """The fresh strings with the old translations. Nothing is guessed, nothing obsolete stays.

    A translation is kept when the string is the same, letter for letter. One that got or lost its
    plural is to be translated anew.
    """
    result = Catalog(locale=language)
    for message in fresh:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        keep = known is not None and known.pluralizable == message.pluralizable
        result.add(
            message.id,
            known.string if keep else None,
            message.locations,
            flags=(known.flags & {"fuzzy"}) if keep else (),
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    return result


def as_text(catalog: Catalog, language: str) -> str:
    """The content of a .po file, sorted by string, so that the same strings give the same file."""
    out = io.BytesIO()
    write_po(out, catalog, width=96, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(language=language) + out.getvalue().decode().rstrip("\n") + "\n"


def update(root: Path = ROOT, locale: Path = LOCALE) -> list[Path]:
    """Bring the .po files in line with the sources. Returns the files that changed."""
    fresh = extracted(root)
    changed = []
    for language in LANGUAGES:
        path = po_path(language, locale)
        text = as_text(merged(fresh, read_catalogue(language, locale), language), language)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Write the .mo of every catalogue that changed since. Returns the files written.

    Replaces each file in one step, because several processes may start at once.
    """
    written = []
    for language in LANGUAGES:
        source = po_path(language, locale)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        stamp = source.stat().st_mtime_ns
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            write_mo(file, read_catalogue(language, locale))
        temporary = Path(file.name)
        temporary.chmod(0o644)
        os.utime(temporary, ns=(stamp, stamp))  # of the text that was read, were it edited since
        temporary.replace(target)
        translation_file_changed(None, target)  # this process has perhaps read the old one
        written.append(target)
    return written


def problems(root: Path = ROOT, locale: Path = LOCALE) -> list[str]:
    """Everything that is missing or wrong in the catalogues, one line each; empty when complete."""
    fresh = extracted(root)
    found = []
    for language in LANGUAGES:
        catalog = read_catalogue(language, locale)
        for message in fresh:
            if message.id and catalog.get(message.id, message.context) is None:
                found.append(f"{language}: not in the catalogue: {_name(message)}")
        for message in (*catalog, *catalog.obsolete.values()):
            if message.id:
                is_used = fresh.get(message.id, message.context) is not None
                faults = _faults(message, language) if is_used else ["obsolete"]
                found += [f"{language}: {fault}: {_name(message)}" for fault in faults]
    return found


def _name(message: Message) -> str:
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    files = ", ".join(dict.fromkeys(name for name, _line in message.locations))
    context = f"[{message.context}] " if message.context else ""
    return f"{context}{msgid!r} ({files})"


def _faults(message: Message, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield "fuzzy"
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    texts = message.string if message.pluralizable else (message.string,)
    texts = tuple(text or "" for text in texts or ("",))
    if not any(texts):
        if language != SOURCE_LANGUAGE:
            yield "untranslated"
        return
    if not all(texts) or len(texts) != len(ids):
        yield "missing plural form"
    for number, (source, text) in enumerate(zip(ids, texts, strict=False)):
        if not text:
            continue
        wanted, given = sorted(MARKS.findall(source)), sorted(MARKS.findall(text))
        # "yhden päivän" needs no number: the first form is only ever used for exactly one
        is_one = message.pluralizable and number == 0
        if given != wanted and not (is_one and set(given) <= set(wanted)):
            yield f"placeholders differ, {' '.join(given)} for {' '.join(wanted)}"
        if "%(" in source and "%" in re.sub(r"%%|%\(\w+\)[a-z]", "", text):
            yield "a percent sign must be doubled"
        if _edges(source) != _edges(text):
            yield "space or line break at an end differs"


def _edges(text: str) -> tuple[str, str]:
    core = text.strip()
    before, _core, after = text.partition(core) if core else (text, "", "")
    return before, after
