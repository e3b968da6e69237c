import json
import time
from urllib.request import urlopen


def ask(path):
    with urlopen("{{ site }}/api/v1" + path) as answer:
        if answer.headers["RateLimit-Remaining"] == "0":
            time.sleep(int(answer.headers["RateLimit-Reset"]))
        return json.load(answer)


page = pages = 1
while page <= pages:
    found = ask(f"/search?sort=title&size=100&page={page}")
    pages = found["pages"]
    for item in found["items"]:
        practice = ask(f"/records/{item['key']}")
        print(practice["year"], practice["title"], practice["permanent"])
    page += 1
