"""`bench_likeness verdicts.json`: queries in one language for practices written only in the other, with the optional
encoder and without. The demo's practices, each left in one language; judged_likeness.txt was judged before."""

from argparse import ArgumentParser
from itertools import islice
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any
from unittest.mock import patch

from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction

from practices.models import PracticePage
from search import semantic
from search.engines.database import DatabaseEngine
from search.query import Query
from tools.bench.loading import corpus_hash, mark_as_loaded
from tools.bench.targets import Verdict, save_verdicts

LIST = Path(__file__).resolve().parents[2] / "judged_likeness.txt"
RUSSIAN, DEPTH = 20, 10
TIMES_PLAIN = 2.0


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, verdicts: Path, **options: object) -> None:
        if not semantic.is_installed():
            raise CommandError("The encoder is not installed.")
        call_command("migrate", verbosity=0)
        if not corpus_hash():
            call_command("setup_portal", verbosity=0)
            call_command("load_demo", stdout=self.stderr)
            mark_as_loaded("demo")
        with transaction.atomic():
            self.measure(verdicts)
            transaction.set_rollback(True)

    def measure(self, verdicts: Path) -> None:
        text = LIST.read_text(encoding="utf-8").splitlines()
        lines = [[part.strip() for part in line.split("->")] for line in text if not line.startswith("#")]
        leave_one_language(russian={slug for _asked, slug in lines[RUSSIAN:]})
        semantic.refresh()
        keys = {page.slug: page.translation_key for page in PracticePage.objects.live()}
        plain, near = [], []
        for number, (asked, slug) in enumerate(lines):
            query = Query(q=asked, lang="ru" if number < RUSSIAN else "en")
            found = list(islice(DatabaseEngine().iter_keys(query), DEPTH))
            plain.append(gain(found, keys[slug]))
            with patch.object(semantic, "MAX_MATCHES", DEPTH):
                near.append(gain([*found, *semantic.semantic_matches(query, found)], keys[slug]))
        self.stdout.write(f"\n{len(lines)} queries across languages, nDCG at {DEPTH}:")
        for name, gains in (("plain", plain), ("with the encoder", near)):
            halves = (mean(gains), mean(gains[:RUSSIAN]), mean(gains[RUSSIAN:]))
            self.stdout.write("{:<18} {:.3f} (Russian queries {:.3f}, English {:.3f})".format(name, *halves))
        times = mean(near) / mean(plain) if any(plain) else float("inf")
        save_verdicts(
            [Verdict("nDCG across languages, with the encoder to plain", times, TIMES_PLAIN, at_least=True)],
            verdicts,
        )


def leave_one_language(russian: set[str]) -> None:
    """Take the English page away of the practices with these slugs, and the Russian page of all others."""
    for page in PracticePage.objects.live().select_related("locale"):
        if (page.locale.language_code == "ru") != (page.slug in russian):
            page.unpublish()


def gain(ranked: list[Any], relevant: object) -> float:
    """nDCG where one practice is right: what its place is worth."""
    places = ranked[:DEPTH]
    return 1 / log2(places.index(relevant) + 2) if relevant in places else 0.0
