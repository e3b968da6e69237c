"""Wagtail's own Elasticsearch backend as the small distribution can serve it: it lacks the n-gram filters, for which the
portal's fields have no use."""

from wagtail.search.backends.elasticsearch8 import Elasticsearch8SearchBackend

PLAIN = {"type": "custom", "tokenizer": "standard"}


class SearchBackend(Elasticsearch8SearchBackend):
    settings = {
        "settings": {"analysis": {"analyzer": {"ngram_analyzer": PLAIN, "edgengram_analyzer": PLAIN}}}
    }
