"""Static files for production: one small stylesheet, hashed names, brotli and gzip beside each."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rcssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/main.css"
_IMPORT = re.compile(r'@import\s+url\("([\w./-]+)"\)\s+layer\(([\w-]+)\)\s*;')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bundle(path: Path) -> str:
    """The stylesheet at `path` with its layered @imports put in place and white space removed.

    Development serves the same files through plain @import, so both see the same cascade.
    Each file is minified before it is put in its layer: inside @layer{} rcssmin takes a selector
    for a declaration and turns `.band :is(a)` into `.band:is(a)`, which means something else.
    """

    def inline(match: re.Match[str]) -> str:
        name, layer = match.groups()
        css = rcssmin.cssmin((path.parent / name).read_text(encoding="utf-8"))
        return f"@layer {layer}{{{css}}}"

    order = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    return "".join(line.strip() for line in _IMPORT.sub(inline, order).splitlines())


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's manifest storage that first bundles the stylesheet."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        if not dry_run and STYLESHEET in paths:
            target = Path(self.path(STYLESHEET))
            storage, source = paths[STYLESHEET]
            target.write_text(bundle(Path(storage.path(source))), encoding="utf-8")
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)
