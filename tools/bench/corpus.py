"""Generated practices, the same on every machine: the first 10,000 of 100,000 are the 10,000."""

import hashlib
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any
from uuid import UUID

import yaml

from core.searchable import SearchContent
from taxonomy.loading import SHIPPED
from tools.bench.words import Lexicon

SEED = "speca-1"
LANGUAGES = [["en"], ["ru"], ["en", "ru"], ["ru", "en"]]
LANGUAGE_SHARES = [35, 20, 27, 18]
TAGS = 400
STORY = ["challenge", "objectives", "approach", "results", "difficulties", "lessons"]
# Four of five practices are of a SPECA country; the others follow by rank.
SPECA = {"KZ": 22, "UZ": 18, "KG": 13, "TJ": 11, "AZ": 9, "TM": 5, "AF": 4}
STATUSES = {"ongoing": 40, "completed": 22, "scaled": 14, "pilot": 14, "planned": 7, "discontinued": 3}
EVIDENCE = {"1": 45, "2": 25, "": 15, "3": 11, "4": 4}
SCOPES = {"national": 50, "local": 30, "subregional": 12, "international": 8}
FIRST_YEAR, LAST_YEAR = 2000, 2026
START = datetime(2015, 1, 1, tzinfo=UTC)


class Skewed:
    """A draw of which the first values are by far the most frequent."""

    def __init__(self, values: list[Any], weights: list[float] | None = None) -> None:
        self.values = values
        self.sums = list(accumulate(weights or [1 / (rank + 1) for rank in range(len(values))]))

    def one(self, rng: random.Random) -> Any:
        return rng.choices(self.values, cum_weights=self.sums)[0]

    def some(self, rng: random.Random, least: int, most: int) -> list[Any]:
        """Between `least` and `most` draws, each value once."""
        return list(
            dict.fromkeys(rng.choices(self.values, cum_weights=self.sums, k=rng.randint(least, most)))
        )


class Corpus:
    """`size` practices. Each is made from its number alone."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.lexicons = {language: Lexicon(language) for language in ("en", "ru")}
        shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
        self.names = {
            str(t["code"]): [t["name_en"], t["name_ru"]] for terms in shipped.values() for t in terms
        }
        self.parents = {theme["code"]: theme.get("parent") for theme in shipped["themes"]}
        self.draws = {facet: Skewed([str(t["code"]) for t in shipped[name]]) for facet, name in (
            ("country", "countries"), ("theme", "themes"), ("sdg", "sdgs"), ("beneficiary", "beneficiaries"),
            ("type", "practice_types"))}  # fmt: skip
        other_countries = [code for code in self.draws["country"].values if code not in SPECA]
        ranks = [3.5 / (rank + 1) for rank in range(len(other_countries))]
        self.draws["country"] = Skewed([*SPECA, *other_countries], [*SPECA.values(), *ranks])
        self.draws["theme"] = Skewed([code for code, parent in self.parents.items() if parent])
        self.tags = self._tags()
        self.draws["tag"] = Skewed(list(self.tags))
        self.single = {name: Skewed(list(d), list(d.values())) for name, d in (
            ("status", STATUSES), ("evidence", EVIDENCE), ("scope", SCOPES))}  # fmt: skip

    def _tags(self) -> dict[str, str]:
        """Slug -> name, of one or two words, in both alphabets."""
        rng = random.Random("tags")
        tags: dict[str, str] = {}
        while len(tags) < TAGS:
            language = rng.choice(["en", "en", "ru"])
            lexicon = self.lexicons[language]
            ranks = [rng.randrange(len(lexicon.common), 600) for _ in range(rng.choice([1, 2]))]
            name = " ".join(lexicon.roots[rank] for rank in ranks)
            tags[name.replace(" ", "-")] = name
        return tags

    def __iter__(self) -> Iterator[list[SearchContent]]:
        return map(self.practice, range(self.size))

    def practice(self, number: int) -> list[SearchContent]:
        """The contents of one practice, its original first."""
        rng = random.Random(f"{SEED}:{number}")
        facets = self._facets(rng)
        languages = rng.choices(LANGUAGES, LANGUAGE_SHARES)[0]
        tags = facets["tag"]
        named = [
            code for facet in ("country", "theme", "sdg", "beneficiary", "type") for code in facets[facet]
        ]
        shared: dict[str, Any] = {
            "key": UUID(int=rng.getrandbits(128), version=4),
            "kind": "practice",
            "keywords": [name for code in named for name in self.names[code]]
            + [self.tags[slug] for slug in tags],
            "facets": facets,
            "first_published": START + timedelta(seconds=rng.randrange(11 * 365 * 86400)),
            "year": int(facets["year"][0]),
            "facts": {"content_licence": "cc-by-4.0"},
        }
        return [
            SearchContent(
                **shared, **self._texts(rng, language, number), language=language, is_original=not place
            )
            for place, language in enumerate(languages)
        ]

    def _facets(self, rng: random.Random) -> dict[str, list[str]]:
        themes = [code for sub in self.draws["theme"].some(rng, 1, 3) for code in (self.parents[sub], sub)]
        year = LAST_YEAR - min(int(rng.expovariate(1 / 6)), LAST_YEAR - FIRST_YEAR)
        values = {name: [code] if (code := draw.one(rng)) else [] for name, draw in self.single.items()}
        return {
            "kind": ["practice"],
            "country": self.draws["country"].some(rng, 1, 2),
            "theme": list(dict.fromkeys(themes)),
            "sdg": self.draws["sdg"].some(rng, 1, 4),
            "beneficiary": self.draws["beneficiary"].some(rng, 1, 4),
            "type": [self.draws["type"].one(rng)],
            "year": [str(year)],
            "tag": self.draws["tag"].some(rng, 2, 6),
            **values,
        }

    def _texts(self, rng: random.Random, language: str, number: int) -> dict[str, Any]:
        """A title, a summary and a story of 80 to 250 words together."""
        lexicon = self.lexicons[language]
        total = rng.randint(80, 250)
        title = lexicon.sentence(
            rng, [rng.randrange(len(lexicon.common), 400), *lexicon.ranks(rng, rng.randint(3, 8))]
        )
        summary = lexicon.sentence(rng, lexicon.ranks(rng, 25)) + "."
        each = (total - 34) // len(STORY)
        return {
            "title": title,
            "summary": summary,
            "url": f"/{language}/practices/made/{number}/",
            "fields": {name: lexicon.sentence(rng, lexicon.ranks(rng, each)) + "." for name in STORY},
        }

    @cached_property
    def hash(self) -> str:
        """SHA-256 of all practices."""
        digest = hashlib.sha256()
        for contents in self:
            for content in contents:
                digest.update(
                    json.dumps(vars(content), ensure_ascii=False, sort_keys=True, default=str).encode()
                )
        return digest.hexdigest()
