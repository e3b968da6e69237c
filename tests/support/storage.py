"""The storage of renditions for tests: in memory, with the portal's own names and URLs."""

from django.core.files.storage import InMemoryStorage
from django.utils.deconstruct import deconstructible

from core.pictures.storage import SecretNames


@deconstructible(path="tests.support.storage.RenditionsInMemory")
class RenditionsInMemory(SecretNames, InMemoryStorage):
    pass
