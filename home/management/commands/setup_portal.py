"""Sets the portal up, and repairs it: run it after each update. A second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.setup.collections import build_collections
from home.setup.groups import build_groups
from home.setup.tree import build_tree
from home.setup.workflow import build_workflow
from taxonomy.loading import load_vocabularies


class Command(BaseCommand):
    help = "Make the vocabularies, pages, collections, groups, permissions and the review that the portal stands on."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        load_vocabularies()
        tree = build_tree()
        collections = build_collections(list(tree.sections))
        build_groups(tree, collections)
        build_workflow(tree)
        self.stdout.write("The portal is set up.")
