"""Add the names that the shipped synonyms gained to lists that are loaded already; `load_synonyms` fills empty ones only."""

from django.db import migrations

MOST_WORDS = 20
# A word of a shipped group -> what the group gained. A group that the secretariat has removed stays removed.
GAINED = {
    "Kyrgyzstan": ["Kirgizstan", "Kirgizia", "Qirgʻiziston"],
    "Kazakhstan": ["Қазақстан", "Kazakstan"],
    "Uzbekistan": ["Ўзбекистон"],
    "Tajikistan": ["Tadzhikistan", "Tojikiston"],
    "Turkmenistan": ["Turkmenia"],
    "Azerbaijan": ["Озарбойҷон", "Озарбайжон", "Azerbaidzhan"],
    "Dushanbe": ["Duşanbe"],
    "Ashgabat": ["Aşgabat"],
    "Tashkent": ["Тошкент"],
    "Samarkand": ["Самарқанд"],
    "Fergana": ["Фарғона"],
}
NEW_GROUPS = [
    ["Afghanistan", "Афганистан", "Афғонистон", "Afganistan", "Afgʻoniston"],
    ["Baku", "Баку", "Bakı", "Боку"],
    ["Kabul", "Кабул", "Кобул"],
    ["Astana Hub", "Астана Хаб"],
    ["ASAN Service", "АСАН сервис", "ASAN xidmət", "АСАН хидмет"],
    ["Online Azerbaijan", "Онлайн Азербайджан"],
]


def add_names(apps, schema_editor):
    groups = list(apps.get_model("taxonomy", "Synonym").objects.all())
    if not groups:
        return  # a new portal gets the whole list when it is set up
    listed = {word.casefold() for group in groups for word in lines(group.words) + lines(group.also)}
    for word, gained in GAINED.items():
        group = next((group for group in groups if word in lines(group.words)), None)
        added = [name for name in gained if name.casefold() not in listed]
        if group and added and len(lines(group.words) + lines(group.also)) + len(added) <= MOST_WORDS:
            group.words = "\n".join([*lines(group.words), *added])
            group.save()
    for words in NEW_GROUPS:
        if not any(word.casefold() in listed for word in words):
            type(groups[0]).objects.create(words="\n".join(words))


def lines(text):
    return [line for line in text.splitlines() if line.strip()]


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0003_synonyms")]

    operations = [migrations.RunPython(add_names, migrations.RunPython.noop, elidable=True)]
