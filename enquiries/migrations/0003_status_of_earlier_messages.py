"""Messages that were passed on before the desk existed are closed: they were answered by e-mail, if at all.

Those of the last days, and those not passed on yet, are open, so that none is lost on the way.
"""

from datetime import timedelta

from django.db import migrations
from django.db.models import F
from django.utils import timezone

LATE_AFTER = timedelta(days=7)


def set_status(apps, schema_editor):
    messages = apps.get_model("enquiries", "Message").objects
    messages.update(open_since=F("created"))
    messages.filter(delivered__lt=timezone.now() - LATE_AFTER).update(status="closed", changed=F("delivered"))


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0002_desk")]

    operations = [migrations.RunPython(set_status, migrations.RunPython.noop)]
