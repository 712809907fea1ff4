"""Which characters every renderer can show, and what stands for the others.

The fonts of the PDF decide (typst/): its compiler refuses a document with a character they lack.
All renderers show the same text, so the same holds for page, workbook and e-mail.
"""

import re
import unicodedata

# Code points that the shipped fonts draw, first and last of each run; a test sets them all.
_DRAWN = """
0020-007E 00A0-00AC 00AE-0148 014A-01C3 01C5-0254 0256-027B 027E-0284 0286-0290 0292-02A4
02A6-0304 0306-030A 030C 030F 0313 0315 031B 0323 0326-0328 032C 0337-0338 0342-0343 0346-034E
0350-036F 0374-0376 037A-037F 0384-038A 038C 038E-03A1 03A3-03D7 03DC-03DD 03F0-03F6 03F9-03FA
03FC-0479 0480-049D 04A0-04FF 052F 1E00-1E9B 1E9D-1EFF 2000-200A 2010-2027 202F-2055 2057 205F
2070-2071 2074-208E 2090-209C 20A0-20AF 20B1-20B5 20B8-20BA 20BC-20BF 2100-2101 2103 2105-2106
2109 2113 2116-2117 211E-2122 2126 212A-212B 212E 2132 213B 214D 2150-217F 2183-2186 2189 2190-2199
21A9-21AA 21B0-21B1 21B3-21B5 21BA-21BB 21D0 21D2 21D4 21DE-21DF 21E4-21E5 21E7 21EA 2202 2205-2206
220F 2211-2212 221A 221E 222B 2236 2248 2260 2264-2265 2295-2298 25A0-25A2 25AA 25B2-25B3 25B6-25B7
25BA-25BD 25C0-25C1 25C4-25C7 25CA-25CB 25CF 25E6 25EF 2600 2605-2606 263C 2661 2665 266A-266B 26A0
2713 2717 2756 2764 2780-2788
"""
_RUNS = [[int(end, 16) for end in run.split("-")] for run in _DRAWN.split()]
DRAWN = frozenset(chr(code) for run in _RUNS for code in range(run[0], run[-1] + 1))
_ODD = re.compile(f"[^{''.join(re.escape(char) for char in sorted(DRAWN))}]")

BOX = "\u25a1"  # □ says: a character stood here
LONGEST_NAME = 20  # a longer name in the middle of a sentence hides the sentence
_ALIKE = {
    **dict.fromkeys("\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "),
    **dict.fromkeys("✅☑✔🗸", "✓"),
    **dict.fromkeys("❌❎✘✖", "✗"),
    **dict.fromkeys("⭐🌟", "★"),
    **dict.fromkeys("➡👉➔➜➤⮕", "→"),
    **dict.fromkeys("\uf0b7\uf0a7", "•"),  # bullets of Word's symbol fonts
    "⬅": "←",
    "⬆": "↑",
    "⬇": "↓",
    "♥": "❤",
    "☐": BOX,
    "⚫": "●",
    "⚪": "○",
    # flags are written with two letters of their own
    **{chr(0x1F1E6 + n): chr(ord("A") + n) for n in range(26)},
    # what only changes the look of the emoji before it
    **dict.fromkeys("\ufe0e\ufe0f\u20e3\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff", ""),
}


def _instead(match: re.Match[str]) -> str:
    char = match[0]
    if char in _ALIKE:
        return _ALIKE[char]
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:  # controls, also those of writing direction; invisible anyway
        return ""
    alike = unicodedata.normalize("NFKC", char)
    if alike.strip() and set(alike) <= DRAWN:
        return alike
    name = unicodedata.name(char, "").lower()
    if category == "So" and 0 < len(name) <= LONGEST_NAME and name.replace(" ", "").isalpha():
        return f"[{name}]"
    return BOX


def shown(text: str) -> str:
    """The text in characters that every renderer can show, on one line.

    “Hieno 👍” becomes “Hieno [thumbs up sign]”, “会議” becomes “□□”: nothing vanishes unseen.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _ODD.sub(_instead, text)
