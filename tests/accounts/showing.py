"""Pictures and documents, the blocks that show them, and the answers at their URLs."""

from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from tests.factories.pictures import a_file, a_picture

SIZES = ["width-960|format-webp", "width-960|format-jpeg", "max-165x165"]


def an_image(name="photo", collection=None):
    root = collection or Collection.get_first_root_node()
    content = ContentFile(a_file("jpg", a_picture()), name=f"{name}.jpg")
    return get_image_model().objects.create(title=name, file=content, collection=root)


def a_document(name="paper", collection=None):
    root = collection or Collection.get_first_root_node()
    content = ContentFile(b"%PDF-1.4 secret", name=f"{name}.pdf")
    return get_document_model().objects.create(title=name, file=content, collection=root)


def urls(file):
    """All URLs that a picture's sizes or a document have."""
    return (
        [file.url]
        if hasattr(file, "content_disposition")
        else [file.get_rendition(size).url for size in SIZES]
    )


def statuses(file, client=None):
    return {(client or Client()).get(url).status_code for url in urls(file)}


def open_to_all(file):
    return statuses(file) == {200}


def hidden(file):
    return statuses(file) == {404}


def figure(image):
    return [("picture", {"image": image, "alt": "A", "caption": "", "credit": ""})]


def linked(document):
    return f'<p><a linktype="document" id="{document.pk}">Report</a></p>'
