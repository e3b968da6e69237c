"""Letters: write the many spellings of a letter in one way, and tell where the words of a text are.

Source of the rules: docs/decisions/words-in-any-form.md.
"""

import re
import unicodedata

# The ranges that are searched for marks and format characters when a process starts; nearly all of them are there.
BLOCKS = ((0, 0x3100), (0xA600, 0xAC00), (0xFB00, 0x10000), (0xE0000, 0xE01F0))
APOSTROPHES = "'’‘‛`´ʻʼʹʽʾʿˈ′＇"
HYPHENS = "-‐‑﹣－"
# Compatibility decomposition would make letters of these, glued to the word before or after.
NO_LETTERS = str.maketrans(dict.fromkeys("™℠№", " ") | {"´": "'"})
# Letters of the region that have no decomposition -> how they are written without the letter.
FOLDED = {
    "ə": "e", "ı": "i", "ŋ": "n", "ø": "o", "đ": "d", "ł": "l",
    "ү": "у", "ұ": "у", "ө": "о", "ә": "а", "қ": "к", "ҝ": "к", "ҡ": "к", "ң": "н", "ғ": "г", "ґ": "г", "һ": "х",
    "ҳ": "х", "і": "и", "ҷ": "дж", "җ": "дж", "ҹ": "дж", "ј": "й", "є": "е",
}  # fmt: skip
# Small or capital, these look alike in both alphabets: for words that somebody typed in two.
LOOK_CYRILLIC, LOOK_LATIN = "авекмнорстух", "abekmhopctyx"
_TO_LATIN, _TO_CYRILLIC = str.maketrans(LOOK_CYRILLIC, LOOK_LATIN), str.maketrans(LOOK_LATIN, LOOK_CYRILLIC)
_IN_TWO_ALPHABETS = re.compile(r"(?=[a-z]*[а-я])(?=[а-я]*[a-z])[a-zа-я]+")


def _ignored_characters() -> str:
    """Return the marks and format characters: accents, the stress mark, soft hyphen, zero-width characters."""
    characters = (chr(code) for first, last in BLOCKS for code in range(first, last))
    return "".join(c for c in characters if unicodedata.category(c) in ("Mn", "Mc", "Me", "Cf"))


IGNORED = _ignored_characters()
_SIMPLIFIED = str.maketrans(dict.fromkeys(IGNORED, "") | FOLDED | dict.fromkeys(APOSTROPHES, "'"))
_IGNORED = f"[{re.escape(IGNORED)}]"


def _written(inner_signs: str) -> re.Pattern[str]:
    """Return the pattern of a word as it stands in a text, with everything that `normalise` drops."""
    return re.compile(rf"[^\W_](?:[^\W_]|{_IGNORED}|[{re.escape(inner_signs)}](?={_IGNORED}*[^\W_]))*")


CHUNK = _written(APOSTROPHES + HYPHENS)
# A hyphen separates two.
PART = _written(APOSTROPHES)
WORD = re.compile(r"[^\W_]+")
# Nearly every Russian word: of these letters only ё is written in another way.
_PLAIN_RUSSIAN = re.compile("[А-Яа-яЁё]+")
# Of Х-Road, where Х is Cyrillic.
_LONE_LETTER = re.compile(rf"^[{LOOK_CYRILLIC}](?=[{re.escape(HYPHENS)}][a-z])", re.IGNORECASE)
SHORT_I = re.compile("и([\u0300-\u0305\u0307-\u036f]*)\u0306")
POSSESSIVE = re.compile(r"(?<=[^\W_])'+s\b(?!')")
INNER_APOSTROPHES = re.compile(r"(?<=[^\W_])'+(?=[^\W_])")


def normalise(text: str) -> str:
    """Return the text case-folded, without marks, format characters and English possessives, in plain letters.

    й is a letter of its own and stays; ё becomes е. Normalising twice changes nothing more.
    """
    if _PLAIN_RUSSIAN.fullmatch(text):
        return text.lower().replace("ё", "е")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(NO_LETTERS))
        text = unicodedata.normalize("NFKD", text.casefold())
        text = SHORT_I.sub(r"й\1", text).translate(_SIMPLIFIED)
        text = _IN_TWO_ALPHABETS.sub(_in_one_alphabet, text)
    else:
        text = text.lower().replace("`", "'")
    if "'" in text:
        text = INNER_APOSTROPHES.sub("", POSSESSIVE.sub("", text))
    return text


def _in_one_alphabet(word: re.Match[str]) -> str:
    """Return a word of two alphabets in one, if the letters of the other all look like letters of it; else as it is."""
    latin = {letter for letter in word[0] if letter.isascii()}
    cyrillic = set(word[0]) - latin
    is_latin, is_cyrillic = cyrillic <= set(LOOK_CYRILLIC), latin <= set(LOOK_LATIN)
    if is_latin and (not is_cyrillic or len(latin) >= len(cyrillic)):
        return word[0].translate(_TO_LATIN)
    return word[0].translate(_TO_CYRILLIC) if is_cyrillic else word[0]


def with_latin_letter(chunk: str) -> str:
    """Return a hyphenated chunk of Latin letters with a lone letter before it in the same alphabet."""
    return _LONE_LETTER.sub(lambda letter: letter[0].lower().translate(_TO_LATIN), chunk)


def words_of(text: str) -> list[str]:
    """Return the normalised words of a text; a hyphen separates two."""
    return WORD.findall(normalise(text))
