"""A picture is sent in one of the admin's forms."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

ADD, MULTIPLE, CHOOSER = "wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"
FORMS = [ADD, MULTIPLE, CHOOSER]


def upload(client, form, content, name="photo.jpg", **fields):
    """Send the file as the browser does in this form."""
    prefix = "image-chooser-upload-" if form == CHOOSER else ""
    file = SimpleUploadedFile(name, content)
    data = {"title": "A photo", "collection": Collection.get_first_root_node().pk} | fields
    data = {f"{prefix}{key}": value for key, value in data.items()}
    data["files[]" if form == MULTIPLE else f"{prefix}file"] = file
    return client.post(reverse(form), data, headers={"X-Requested-With": "XMLHttpRequest"})
