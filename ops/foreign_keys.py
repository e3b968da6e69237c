"""`make lint`: check that foreign keys, like imports, refer only to the same app or to apps below it."""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import django
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent


def layers() -> list[str]:
    """Return the apps from top to bottom, as the first contract of pyproject.toml has them for imports."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return next(contract["layers"] for contract in contracts if contract["type"] == "layers")


def relations_to_higher_apps(order: Sequence[str]) -> Iterator[str]:
    """Yield a line for each relation of a model to a model of an app that is above its own in `order`."""
    for model in apps.get_models():
        app = model.__module__.partition(".")[0]
        for field in model._meta.get_fields():
            target = field.related_model
            if field.auto_created or not isinstance(target, type):
                continue
            other = target.__module__.partition(".")[0]
            if app in order and other in order and order.index(other) < order.index(app):
                yield f"{model._meta.label}.{field.name} points up, to {target._meta.label}"


if __name__ == "__main__":
    django.setup()
    lines = list(relations_to_higher_apps(layers()))
    print("\n".join(lines), file=sys.stderr)
    sys.exit(bool(lines))
