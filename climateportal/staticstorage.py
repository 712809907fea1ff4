"""Static files for production: one small stylesheet, hashed names, brotli and gzip beside each."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rcssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/main.css"
_IMPORT = re.compile(r'@import\s+url\("([\w./-]+)"\)\s+layer\(([\w-]+)\)\s*;')


def bundle(path: Path) -> str:
    """The stylesheet at `path` with its layered @imports put in place and white space removed.

    Development serves the same files through plain @import, so both see the same cascade.
    """

    def inline(match: re.Match[str]) -> str:
        name, layer = match.groups()
        return f"@layer {layer}{{{(path.parent / name).read_text(encoding='utf-8')}}}"

    return rcssmin.cssmin(_IMPORT.sub(inline, path.read_text(encoding="utf-8")))


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
