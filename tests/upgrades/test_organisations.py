"""The line for the lead organisation and the partners become organisations, with all that translations remember of them."""

import json

import pytest

from tests.upgrades.databases import HERE, manage, restored, shell

pytestmark = pytest.mark.slow
LEADS = [["lead", "Ministry of Digital Development"], ["lead", "e-Governance Academy"]]
PARTNER = ["partner", "Regional university"]


def test_organisations_move_and_go_back(tmp_path):
    """Rows, drafts, comments, what is untranslated, behind or the same on purpose; there and back, all is as it was."""
    old = (HERE / "old_organisations.py").read_text()
    with restored(tmp_path) as url:
        manage(url, "migrate", "--no-input", "practices", "0013")
        before = json.loads(shell(url, old))
        manage(url, "migrate", "--no-input")
        moved = json.loads(shell(url, (HERE / "report_organisations.py").read_text()))
        assert moved == {
            "names": [*LEADS, PARTNER],
            "contribution": "Trains",
            "names_of_draft": [*LEADS, ["lead", "Третья"], PARTNER],
            "untranslated": [0, 1],
            # The draft's line was no longer the original's, but its first organisations are.
            "untranslated_of_draft": [0, 1],
            "outdated": [False, True],
            "behind": ["organisations"],
            "changed_from": ["<del>Village</del> of Suusamyr"],
            "ticked": ["organisations"],
            "comments_stand": [True, True],
            "all_have_leads": True,
        }
        manage(url, "migrate", "--no-input", "practices", "0013")
        assert json.loads(shell(url, old)) == before
        manage(url, "migrate", "--no-input")
        assert json.loads(shell(url, (HERE / "report_organisations.py").read_text())) == moved


def test_segments_of_translations_follow(tmp_path):
    """Whoever translates by segments goes on: each organisation has its translation, and none is lost on the way back."""
    old = (HERE / "old_segments.py").read_text()
    with restored(tmp_path) as url:
        manage(url, "migrate", "--no-input", "practices", "0013")
        before = json.loads(shell(url, old))
        manage(url, "migrate", "--no-input")
        assert json.loads(shell(url, (HERE / "report_segments.py").read_text())) == {
            "upgraded": [
                [
                    "organisations.lead.name",
                    "Ministry of Transport &amp; Communications",
                    "Министерство транспорта &amp; связи",
                ],
                [
                    "organisations.lead.name",
                    "e-Governance Academy",
                    "Академия электронного управления",
                ],
                ["organisations.partner.name", "Regional university", "Областной университет"],
                ["organisations.partner.contribution", "Trains", "Обучает"],
            ],
            "lost_by_a_refresh": [],
        }
        manage(url, "migrate", "--no-input", "practices", "0013")
        assert [
            row for row in json.loads(shell(url, old)) if row[0].startswith(("lead", "partners"))
        ] == before
