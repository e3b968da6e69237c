import json
from urllib.parse import urlencode
from urllib.request import urlopen

query = urlencode({"q": "broadband", "country": ["KZ", "KG"], "lang": "ru"}, doseq=True)
with urlopen("{{ site }}/api/v1/search?" + query) as answer:
    found = json.load(answer)

print(found["total"])
for item in found["items"]:
    print(item["title"], item["url"])
