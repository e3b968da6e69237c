"""The words of the styleguide's examples, in both languages."""

WORDS: dict[str, dict[str, str]] = {
    "AF": {"en": "Afghanistan", "ru": "Афганистан"},
    "AZ": {"en": "Azerbaijan", "ru": "Азербайджан"},
    "KG": {"en": "Kyrgyzstan", "ru": "Кыргызстан"},
    "KZ": {"en": "Kazakhstan", "ru": "Казахстан"},
    "TJ": {"en": "Tajikistan", "ru": "Таджикистан"},
    "TM": {"en": "Turkmenistan", "ru": "Туркменистан"},
    "UZ": {"en": "Uzbekistan", "ru": "Узбекистан"},
    "digital-connectivity": {"en": "Digital connectivity", "ru": "Цифровая связь"},
    "e-resilience": {"en": "E-resilience", "ru": "Цифровая устойчивость"},
    "digital-inclusion": {"en": "Digital inclusion", "ru": "Цифровая инклюзия"},
    "title": {
        "en": "Community networks bring broadband to mountain villages",
        "ru": "Местные сети доступа приводят широкополосный интернет в горные сёла",
    },
    "summary": {
        "en": "Villages run their own mast and share one fibre line. Schools and clinics went online first.",
        "ru": "Сёла сами содержат вышку и делят одну оптоволоконную линию. Первыми подключились школы и медпункты.",
    },
    "collection": {"en": "Connecting the last mile", "ru": "Последняя миля: связь для каждого"},
    "classification": {"en": "Classification", "ru": "Классификация"},
    "countries": {"en": "Countries", "ru": "Страны"},
    "themes": {"en": "Themes", "ru": "Темы"},
    "abstract": {"en": "Summary", "ru": "Кратко"},
    "email": {"en": "Your e-mail", "ru": "Ваша электронная почта"},
    "message": {"en": "Your message", "ru": "Ваше сообщение"},
    "help": {
        "en": "We write to you only when there is something new.",
        "ru": "Мы напишем, только когда появится что-то новое.",
    },
    "ministry": {"en": "Ministry of Digital Development", "ru": "Министерство цифрового развития"},
    "place": {"en": "Almaty region", "ru": "Алматинская область"},
    "sdg": {
        "en": "Industry, innovation and infrastructure",
        "ru": "Индустриализация, инновации и инфраструктура",
    },
    "rating": {"en": "Can be adopted with small changes", "ru": "Можно перенять с небольшими изменениями"},
    "tag": {"en": "optical fibre", "ru": "оптоволокно"},
    "source": {"en": "Evaluation of rural networks", "ru": "Оценка сельских сетей"},
    "citation": {
        "en": "Ministry of Digital Development. (2022). Evaluation of rural networks.",
        "ru": "Министерство цифрового развития. (2022). Оценка сельских сетей.",
    },
    "indicator": {"en": "households with broadband", "ru": "домохозяйств с широкополосным доступом"},
    "factor": {
        "en": "The village elects who looks after the mast",
        "ru": "Село выбирает, кто следит за вышкой",
    },
    "notice": {"en": "This page is out of date", "ru": "Эта страница устарела"},
    "home": {"en": "Home", "ru": "Главная"},
}
