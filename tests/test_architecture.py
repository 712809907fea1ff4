"""The house rules that a machine can see: import order, sizes, docstrings, dead templates."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import LONG

ROOT = Path(__file__).resolve().parent.parent
APPS = ("climateportal", "municipalities", "projects")
FILES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)

# docs/architecture.md explains the levels; a module may import its own level and those below
LEVELS: dict[int, tuple[str, ...]] = {
    0: (
        "climateportal.richtext",
        "climateportal.dates",
        "climateportal.numerals",
        "climateportal.translated",
        "climateportal.sheetfiles",
        "climateportal.uploads",
        "climateportal.catalogues",
        "climateportal.localenv",
        "climateportal.staticstorage",
        "climateportal.devices",
        "climateportal.openid",
        "municipalities.enums",
        "municipalities.alphabet",
        "municipalities.charts",
        "municipalities.names",
        "municipalities.tilemap",
        "projects.enums",
        "projects.schedule",
        "projects.progress",
        "projects.needs",
        "projects.costs",
        "projects.keysets",
        "projects.linkfetch",
        "projects.pasted",
        "projects.charts",
        "projects.costbars",
        "projects.search",
        "projects.kausal.shapes",
        "projects.kausal.graphql",
        "projects.kausal.rest",
        "projects.kausal.fetch",
        "projects.kausal.mapping",
        "projects.kausal.merging",
        "projects.documents.blocks",
        "projects.documents.characters",
        "projects.documents.cleaning",
        "projects.documents.columnwidths",
        "projects.documents.drawings",
        "projects.documents.frozen",
        "projects.documents.links",
        "projects.documents.richblocks",
        "projects.documents.tables",
        "projects.documents.words",
    ),
    1: (
        "climateportal.contentversion",
        "climateportal.keyrows",
        "climateportal.memory",
        "climateportal.publishing",
        "climateportal.replay",
        "climateportal.together",
        "climateportal.models",
        "climateportal.sessions",
        "municipalities.models",
        "projects.models",
    ),
    2: (
        "climateportal.feedbackrights",
        "projects.history",
        "projects.permissions",
        "projects.review",
        "projects.confirmlinks",
        "projects.freshness",
        "projects.ledger",
        "projects.openmoney",
        "projects.summaries",
        "projects.detail",
        "projects.facets",
        "projects.holdings",
        "projects.linkplaces",
        "projects.linkrights",
        "municipalities.permissions",
        "municipalities.register",
        "municipalities.registerfiles",
    ),
    3: (
        "climateportal.accounts",
        "climateportal.feedback",
        "climateportal.firstpages",
        "climateportal.invitations",
        "climateportal.letters",
        "climateportal.roles",
        "climateportal.secondstep",
        "projects.actions",
        "projects.archiving",
        "projects.drafting",
        "projects.linkchecking",
        "projects.manyedits",
        "projects.manyrows",
        "projects.rescheduling",
        "projects.searchtexts",
        "projects.snapshots",
    ),
    4: (
        "climateportal.feedbackwords",
        "climateportal.templatetags.ui",
        "projects.goalwords",
        "projects.needwords",
        "projects.reminders",
        "projects.reviewletters",
        "projects.templatetags",
        "projects.forms",
        "projects.documents",
        "projects.packs",
        "projects.exports",
        "projects.importers",
        "projects.sheets",
        "projects.feeds",
        "projects.sitemaps",
        "projects.kausal",
        "projects.demo",
    ),
}
TOP = 5
# names used as strings or inside functions, each with its reason
LAZY_EXCEPTIONS = {
    # the gate asks the permission rules which drafts are in a user's reach
    ("projects.models.project_queryset", "projects.permissions"),
}
ONE_WAY_EXCEPTION = "municipalities.views"


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def level_of(module: str) -> int:
    for level, prefixes in LEVELS.items():
        if any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes):
            return level
    return 0 if module in APPS else TOP


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in found if name.split(".")[0] in APPS}


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).exists()]


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_go_downward(path: Path) -> None:
    module = module_of(path)
    own = level_of(module)
    upward = {
        name
        for name in imports_of(path)
        if level_of(name) > own and (module, name.rsplit(".", 1)[0]) not in LAZY_EXCEPTIONS
        and (module, name) not in LAZY_EXCEPTIONS
        and level_of(name.rsplit(".", 1)[0]) > own
    }  # fmt: skip
    assert not upward, f"{module} (level {own}) imports from above: {sorted(upward)}"


@pytest.mark.parametrize(
    "path", [path for path in FILES if module_of(path).startswith("municipalities")], ids=module_of
)
def test_municipalities_never_imports_projects(path: Path) -> None:
    """Its views may read projects.summaries: a municipality's page lists its projects."""
    allowed = "projects.summaries" if module_of(path).startswith(ONE_WAY_EXCEPTION) else None
    wrong = {
        name
        for name in imports_of(path)
        if name.startswith("projects") and not (allowed and name.startswith(allowed))
    }
    assert not wrong - ({"projects"} if allowed else set())


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_every_module_says_what_lives_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{path.relative_to(ROOT)} has no docstring"


def test_levels_name_existing_modules_or_the_plan_of_the_architecture() -> None:
    """A misspelt name here would exempt a module from its level without anybody noticing."""
    planned = {
        "projects.history", "projects.exports", "projects.importers", "projects.feeds",
        "projects.sitemaps", "projects.charts", "municipalities.charts",
    }  # fmt: skip
    for prefixes in LEVELS.values():
        for name in prefixes:
            path = ROOT / name.replace(".", "/")
            exists = path.with_suffix(".py").exists() or (path / "__init__.py").exists()
            assert exists or name in planned, name


def test_files_stay_small() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not too_long
    templates = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("templates/*.html", "templates/**/*.html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 120
    }
    assert not templates
    sheets = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("static/**/*.css")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 150
    }
    assert not sheets


def test_every_template_is_used() -> None:
    """Named by Python, by another template, or an override that Django finds by itself."""
    found_by_name = re.compile(
        r"^(400|403|403_csrf|404|500)\.html$|^(admin|account|allauth|mfa|registration|simple_history)/"
    )
    sources = [path.read_text(encoding="utf-8") for path in FILES]
    sources += [
        path.read_text(encoding="utf-8")
        for path in tracked("templates/*.html", "templates/**/*.html")
    ]
    text = "\n".join(sources)
    unused = []
    for path in tracked("templates/*.html", "templates/**/*.html"):
        name = str(path.relative_to(ROOT / "templates"))
        if not found_by_name.match(name) and f'"{name}"' not in text and f"'{name}'" not in text:
            unused.append(name)
    assert not unused


def test_only_richtext_marks_html_as_safe() -> None:
    marking = {
        module_of(path)
        for path in FILES
        if re.search(r"\bmark_safe\b|\|\s*safe\b", path.read_text(encoding="utf-8"))
    }
    assert marking <= {"climateportal.richtext"}
    for path in tracked("templates/*.html", "templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape off", text), path


def test_templates_have_no_inline_script_or_style() -> None:
    """The Content-Security-Policy would block them, and silently."""
    for path in tracked("templates/*.html", "templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\bsrc=)", text), path


def test_nothing_of_this_machine_is_committed() -> None:
    hosts = re.compile(r"(pypi|pythonhosted|npmjs)\.(org|com)/|deb\.debian\.org")
    folders = re.compile(r"(^|[^\w./-])/(work|farm|root)/")
    this = Path(__file__).resolve()
    for path in tracked():
        if path == this or path.suffix in {".png", ".webp", ".mo", ".ico", ".woff2", ".ttf"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not hosts.search(text), f"{path} names a package host"
        assert not folders.search(text), f"{path} names a folder of this machine"


def test_env_example_explains_exactly_the_settings_that_are_read() -> None:
    source = (ROOT / "climateportal" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', source))
    read |= set(re.findall(r'environ\.get\("([A-Z_]+)"', source))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == read


def test_each_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    for line in block.splitlines():
        if line.strip().startswith('"'):
            assert "#" in line, f"why {line.strip()}"


def test_the_files_that_tests_begin_with_are_there() -> None:
    assert [name for name in LONG if not (ROOT / "tests" / name).is_file()] == []


def test_no_text_to_be_translated_is_inside_an_f_string() -> None:
    """The extraction of texts does not look there."""
    calls = re.compile(r"""f["'].*\{(?:_|n?p?gettext)\(""")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in FILES
        for number, text in enumerate(path.read_text().splitlines(), 1)
        if calls.search(text)
    ]
    assert found == []
