"""What the people of the first use write, in the language of their interface."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Texts:
    language: str
    section: str
    slug: str
    title: str
    corrected: str
    theme: str
    translation: str
    translated: str

    @property
    def path(self) -> str:
        return f"/{self.language}/practices/kyrgyzstan/{self.slug}/"


ENGLISH = Texts(
    language="en",
    section="/home/practices/kyrgyzstan/",
    slug="routers-on-horseback",
    title="Routers on horseback",
    corrected="Routers on horseback and on foot",
    theme="Digital connectivity",
    translation="Russian",
    translated="Роутеры на лошадях",
)
RUSSIAN = Texts(
    language="ru",
    section="/home-ru/practices/kyrgyzstan/",
    slug="routery-na-loshadyakh",
    title="Роутеры на лошадях",
    corrected="Роутеры на лошадях и пешком",
    theme="Цифровая связность",
    translation="English",
    translated="Routers on horseback",
)
WORDS = {
    "challenge": {"en": "The high camps have no signal.", "ru": "На высокогорных стоянках нет связи."},
    "summary": {"en": "Families carry small masts.", "ru": "Семьи берут с собой небольшие мачты."},
    "block": {"en": "A mast that travels", "ru": "Мачта, которая кочует"},
    "done": {"en": "Each family takes one along.", "ru": "Каждая семья берёт одну с собой."},
    "source": {"en": "Report of the district", "ru": "Отчёт района"},
    "organisation": {"en": "Village of Kochkor", "ru": "Айыл Кочкор"},
    "contact": {"en": "Village office", "ru": "Сельская управа"},
    "picture": {"en": "A mast on a horse", "ru": "Мачта на лошади"},
    "comment": {"en": "Which year is this report of?", "ru": "За какой год этот отчёт?"},
    "first": {"en": "The first correction.", "ru": "Первая правка."},
    "second": {"en": "The second correction.", "ru": "Вторая правка."},
}


def words(name: str, texts: Texts) -> str:
    return WORDS[name][texts.language]
