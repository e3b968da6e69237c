"""`manage.py setup_portal`: set the portal up or repair it. Run it after each update; a second run changes nothing."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page

from core.privacy import synchronise_restrictions
from home.setup.collections import build_collections
from home.setup.groups import build_groups
from home.setup.tree import build_tree
from home.setup.workflow import build_workflow
from indexing.former_paths import remember_paths
from taxonomy.loading import load_vocabularies
from taxonomy.synonyms import load_synonyms


class Command(BaseCommand):
    help = "Make the vocabularies, pages, collections, groups, permissions and the review that the portal stands on."

    def handle(self, *args: object, **options: object) -> None:
        self.build()
        # Outside the transaction: files are not taken back with it.
        call_command("note_file_uses", if_needed=True, stdout=self.stdout)
        call_command("clean_pictures", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write("The portal is set up.")

    @transaction.atomic
    def build(self) -> None:
        load_vocabularies()
        load_synonyms()
        tree = build_tree()
        collections = build_collections(list(tree.sections))
        build_groups(tree, collections)
        build_workflow(tree)
        synchronise_restrictions()
        remember_paths(Page.get_first_root_node())
