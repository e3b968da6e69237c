"""A lexicon for generated texts: real words of the field, then thousands of invented ones, each with its inflections.

Measurements depend on the frequency and spelling of words, not on their meaning.
"""

import random
from itertools import accumulate

COMMON = {
    "en": "the of and to in for a on with by from at as is are was were be has have its their this that which",
    "ru": "и в на с для по не что из к от при до как это его их также был были о за у или",
}
FIELD = {
    "en": (
        "school connect network digital rural service skill village train access broadband platform region public "
        "govern citizen teacher farm mobile online data centre support develop project program learn resil risk early warn "
        "commun technolog innov invest partner local nation border transit fibre tower satellit repair price operat fund "
        "women youth child health clinic hospital payment register ident permit tender export market growth energy"
    ),
    "ru": (
        "школ сет цифров сельск услуг навык сел обучен доступ платформ регион государств граждан учител ферм мобильн "
        "онлайн данн центр поддержк развит проект программ устойчив риск раннее оповещен сообществ технолог инновац инвестиц "
        "партнер местн национальн границ транзит волокн башн спутник ремонт цен оператор фонд женщин молодеж дет здоров больниц "
        "платеж реестр разрешен тендер экспорт рынок рост энерг"
    ),
}
SYLLABLES = {
    "en": (
        "ba bor cal con dem den dis el fer gan har im jun kel lan lor mar men nor ob par per qua ram ren sal ser tan "
        "ter ul van ver wil yor zen bri cra dro flo gri plo stra tri"
    ),
    "ru": (
        "ба бор вал вен гор гра дал дер ем жан зар зор кал кон кра лан лор мар мен нар нор об пар пер ран рен сал сер тан "
        "тер ул фор хар цен чер шал щер ювел ям бри дро пло стра три"
    ),
}
ENDINGS = {
    "en": [["", "s", "ed", "ing"], ["", "s"], ["al", "ally"], ["ment", "ments"]],
    "ru": [
        ["", "а", "у", "ом", "е", "ы", "ов"],
        ["ая", "ой", "ую", "ые", "ых", "ым"],
        ["а", "ы", "е", "у", "ой", "ами"],
    ],
}
ROOTS = 6_000
SHIFT = 2.7  # Zipf and Mandelbrot: the very first words are a little less frequent than 1/rank


class Lexicon:
    """The words of one language. A word's frequency falls as its rank grows."""

    def __init__(self, language: str) -> None:
        rng = random.Random(f"words:{language}")
        self.common = frozenset(COMMON[language].split())
        self.roots = COMMON[language].split() + self._in_turn(language, rng)
        self.forms = [[root] if root in self.common else [root + ending for ending in rng.choice(ENDINGS[language])]
                      for place, root in enumerate(self.roots)]  # fmt: skip
        self.places = range(len(self.roots))
        self.sums = list(accumulate(1 / (place + 1 + SHIFT) for place in self.places))

    @staticmethod
    def _in_turn(language: str, rng: random.Random) -> list[str]:
        """Return roots without duplicates: one word of the field before each four invented ones."""
        syllables = SYLLABLES[language].split()
        generated: dict[str, None] = {}
        while len(generated) < ROOTS:
            generated["".join(rng.choices(syllables, k=rng.choice([2, 2, 3, 3, 4])))] = None
        roots: list[str] = []
        invented = iter(generated)
        for word in FIELD[language].split():
            roots += [word, *(next(invented) for _ in range(4))]
        return list(dict.fromkeys([*roots, *invented]))

    def ranks(self, rng: random.Random, count: int) -> list[int]:
        return rng.choices(self.places, cum_weights=self.sums, k=count)

    def sentence(self, rng: random.Random, ranks: list[int]) -> str:
        """Return a sentence of the words of these ranks, each in a random inflection."""
        return " ".join(rng.choice(self.forms[rank]) for rank in ranks).capitalize()
