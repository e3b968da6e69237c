"""Form classes for all uploads of pictures: they check a picture before decoding it and remove its metadata."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import AbstractImage
from willow import Image as WillowImage
from willow.plugins.pillow import PillowImage

from core.models import PictureCredit
from core.pictures.avif import check_boxes
from core.pictures.metadata import LONGEST_CREDIT, as_jpeg, credit_of, without_metadata
from core.pictures.rendering import one_at_a_time, upright

# Keeps a rendition of the largest width, 1080, below WebP's limit of 16,383 pixels.
MOST_TIMES_LONGER = 15
SAMPLE = (16, 16)


class PictureField(WagtailImageField):
    """Wagtail's image field, but it checks the size before decoding and returns a file without metadata.

    The file carries `credit`: creator and copyright, as its metadata had them.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages["file_too_many_pixels"] = _(
            "This picture has too many pixels. The most is 40 million, for example 8,000 × 5,000: make it smaller and"
            " upload it again."
        )
        self.error_messages["too_long"] = _(
            "This picture is too long and narrow. The longer side may be at most %(times)d times the shorter one."
        ) % {"times": MOST_TIMES_LONGER}
        self.error_messages["damaged"] = _(
            "This picture is damaged or incomplete and cannot be read. Save it anew, for example as JPEG, and upload"
            " it again."
        )

    def to_python(self, data: Any) -> "UploadedFile[Any] | None":
        upload: Any = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        self.check_image_file_size(upload)
        upload.seek(0)
        content = upload.read()
        try:
            upload.image = WillowImage.open(BytesIO(content))
        except Exception as error:  # as Wagtail does: what is no picture can fail in any way
            raise self._invalid("invalid_image") from error
        self.check_image_file_format(upload)
        self._check_size(upload.image)
        self._clean(upload, content)
        return upload

    def _check_size(self, image: AbstractImage) -> None:
        try:
            width, height = image.get_size()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise self._invalid("file_too_many_pixels") from error
        except Exception as error:
            raise self._invalid("damaged") from error
        if width * height > self.max_image_pixels:
            raise self._invalid("file_too_many_pixels")
        if max(width, height) > MOST_TIMES_LONGER * min(width, height):
            raise self._invalid("too_long")

    @one_at_a_time
    def _clean(self, upload: Any, content: bytes) -> None:
        """Overwrite the uploaded file, so that a view that reads it from the request again gets it without metadata."""
        try:
            with Image.open(BytesIO(content)) as picture:
                picture.load()
                upload.credit = credit_of(picture)
                if upload.image.format_name == "heic":
                    check_boxes(content)
                    content = as_jpeg(picture)
                    upload.name = f"{upload.name.rpartition('.')[0]}.jpg"
                else:
                    content = without_metadata(content, picture, whole=True)
            # Not earlier: two decoded pictures at once would take twice the memory.
            del picture
            _check_it_can_be_shown(content)
        except Exception as error:
            raise self._invalid("damaged") from error
        upload.seek(0)
        upload.truncate()
        upload.write(content)
        upload.flush()
        upload.seek(0)
        upload.size = len(content)
        upload.image = WillowImage.open(BytesIO(content))
        upload.content_type = upload.image.mime_type

    def _invalid(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


def _check_it_can_be_shown(content: bytes) -> None:
    """Decode the cleaned file and create small renditions, so that no page fails on it later."""
    with Image.open(BytesIO(content)) as picture:
        picture.load()
        small = upright(PillowImage(picture)).resize(SAMPLE)
    small.save_as_webp(BytesIO())
    small.save_as_png(BytesIO())
    small.set_background_color_rgb((255, 255, 255)).save_as_jpeg(BytesIO())


class PictureForm(BaseImageForm):
    """Wagtail's form of an image with the picture's credit, which an upload fills from its metadata if nobody types one."""

    credit = forms.CharField(
        label=_("Credit"),
        required=False,
        max_length=LONGEST_CREDIT,
        help_text=_(
            "Who made the picture and who has the rights. Offered as the credit wherever the picture is chosen."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            wagtails = self.fields["file"]
            self.fields["file"] = PictureField(
                label=wagtails.label, required=wagtails.required, widget=wagtails.widget
            )
        if self.instance.pk:
            self.initial.setdefault("credit", PictureCredit.objects.of(self.instance))
        self._tell_of_the_credit()

    def _tell_of_the_credit(self) -> None:
        """Return the help text of the credit: before an upload where it comes from, after it that it was read from the file."""
        if not self.instance.pk:
            self.fields["credit"].help_text = _(
                "Who made the picture and who has the rights. If you leave it empty, the author and the copyright that the"
                " photo's file names are entered: readers see them with the picture."
            )
        elif getattr(self.instance, "credit_was_read", False):
            self.fields["credit"].help_text = _(
                "Read from the photo's file: readers see this with the picture. Correct it if it is wrong."
            )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("credit"):
            cleaned["credit"] = getattr(cleaned.get("file"), "credit", "")
            self.instance.credit_was_read = bool(cleaned["credit"])
        return cleaned

    def save(self, commit: bool = True) -> Any:
        # Saved together with the image (core.receivers), since some of Wagtail's views save images themselves.
        self.instance.credit_to_keep = self.cleaned_data["credit"]
        return super().save(commit=commit)
