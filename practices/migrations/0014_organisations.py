"""Organisations in the place of the line for the lead organisation and of the partners; the next migration fills them."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0013_messages_to_enquiries'),
    ]

    operations = [
        migrations.AddField(
            model_name='practicepage',
            name='organisations',
            field=wagtail.fields.StreamField([('lead', 3), ('partner', 5)], blank=True, default=list, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'One organisation, under its official name.', 'label': 'Organisation', 'max_length': 300}), 1: ('practices.blocks.organisations.RorBlock', (), {'default': '', 'help_text': 'From ror.org, if the organisation is listed there: its name may change, this does not.', 'label': 'ROR identifier', 'required': False}), 2: ('wagtail.blocks.URLBlock', (), {'default': '', 'label': 'Website', 'max_length': 1000, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('name', 0), ('ror', 1), ('url', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'What it contributes', 'max_length': 250, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('name', 0), ('ror', 1), ('url', 2), ('contribution', 4)]], {})}, verbose_name='organisations'),
            preserve_default=False,
        ),
    ]
