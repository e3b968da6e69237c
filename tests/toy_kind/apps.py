from django.apps import AppConfig


class ToyKindConfig(AppConfig):
    name = "tests.toy_kind"
    label = "toy_kind"

    def ready(self) -> None:
        from indexing.kinds import register_kind
        from tests.toy_kind.kind import WORKSHOP

        register_kind(WORKSHOP)
