"""The organisations of a practice: what an editor may type, what readers and the record get, and what is suggested."""

import pytest
from wagtail.test.utils.form_data import streamfield

from exports.entries import entry
from indexing.models import Record
from practices.ror import is_ror, ror_address
from tests.factories import a_focal_point, a_practice, a_translation, publish
from tests.factories.editing import checked, snapshot_data
from tests.practices.reading import soup

pytestmark = pytest.mark.django_db
ROR = "https://ror.org/02mhbdp94"
PARTNER = ("partner", {"name": "University", "ror": "", "url": "", "contribution": "Trains"})


def lead(name, ror="", url=""):
    return ("lead", {"name": name, "ror": ror, "url": url})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("02mhbdp94", ROR),
        (" https://ror.org/02MHBDP94/ ", ROR),
        ("ror.org/02mhbdp94", ROR),
        ("https://ror.org/02mhbdp95", None),  # its check digits are wrong
        ("https://ror.org/02mhbdi94", None),  # its alphabet has no i
        ("https://example.org/02mhbdp94", None),
        ("0２mhbdp94", None),
        ("Ministry", None),
    ],
)
def test_a_ror_identifier_is_kept_as_an_address_and_a_wrong_one_refused(typed, kept):
    address = ror_address(typed)
    assert (address if is_ror(address) else None) == kept


def messages(errors):
    """All that is said, at whatever block."""
    said = [getattr(error, "as_json_data", None) for error in errors.as_data()] if errors else []
    return str([data() if data else str(error) for data, error in zip(said, errors or [], strict=True)])


@pytest.mark.parametrize(
    ("organisations", "draft", "review"),
    [
        ([lead("Ministry", "02mhbdp94", "https://ministry.example")], "", ""),
        ([lead("Ministry"), lead("Agency"), PARTNER], "", ""),
        ([], "", "Needed before review"),
        ([PARTNER], "", "At least one lead organisation"),
        ([lead("Ministry", "12345")], "ROR identifier", "ROR identifier"),
        ([lead("Ministry"), lead(" ministry")], "", "the same as number 1"),
        ([lead("University"), PARTNER], "", "the same as number 1"),
        ([lead("A", "02mhbdp94"), lead("B", ROR)], "", "the same as number 1"),
        # Two offices of one house.
        ([lead("A", url="https://gov.example"), lead("B", url="https://gov.example")], "", ""),
        ([lead("x" * 301)], "300 characters", "300 characters"),
    ],
)
def test_what_is_wrong_is_said_at_the_organisations(tree, organisations, draft, review):
    data = snapshot_data() | {"organisations": streamfield(organisations)}
    for is_draft, expected in ((True, draft), (False, review)):
        errors = checked(tree.section(), draft=is_draft, **data)
        assert set(errors) == ({"organisations"} if expected else set())
        assert expected in messages(errors.get("organisations"))


def test_readers_and_the_record_get_each_by_itself(client, tree):
    page = a_practice(
        tree.section(),
        organisations=[
            ("lead", {"name": "Ministry; of Roads", "ror": ROR, "url": "https://roads.example"}),
            ("lead", {"name": "Agency"}),
            ("partner", {"name": "University", "contribution": "Trains"}),
        ],
    )
    band = soup(client, page.url).find(class_="band")
    leads = [dd for dd in band.find_all("dd") if dd.get_text(strip=True) in ("Ministry; of Roads", "Agency")]
    assert [dd.a and dd.a["href"] for dd in leads] == ["https://roads.example", None]
    found = entry(page.translation_key, "en")
    assert found.texts["lead_organisation"] == "Ministry; of Roads; Agency"
    assert found.texts["partners"] == "University\nTrains"
    assert [(lead.name, lead.ror, lead.url) for lead in found.leads] == [
        ("Ministry; of Roads", ROR, "https://roads.example"), ("Agency", "", "")
    ]  # fmt: skip
    assert [partner.name for partner in found.partners] == ["University"]
    body = client.get(f"/api/v1/records/{page.translation_key}").json()
    assert body["texts"]["lead_organisation"] == "Ministry; of Roads; Agency"
    assert body["partners"] == [{"name": "University", "contribution": "Trains"}]
    assert body["organisations"][0] == {
        "role": "lead", "name": "Ministry; of Roads", "ror": ROR, "url": "https://roads.example"
    }  # fmt: skip
    assert client.get("/api/v1/search?q=ror.org").json()["total"] == 0


def test_a_record_from_before_there_was_a_list_is_read_as_well(tree):
    page = a_practice(tree.section(), organisations=[lead("A"), lead("B"), PARTNER])
    record = Record.objects.get(key=page.translation_key)
    del record.document["languages"]["en"]["parts"]["organisations"]
    record.save()
    found = entry(page.translation_key, "en")
    assert [lead.name for lead in found.leads] == ["A", "B"]
    assert [partner.name for partner in found.partners] == ["University"]


def test_each_role_says_by_itself_whether_its_names_are_translated(tree):
    page = a_practice(tree.section(), organisations=[lead("Ministry"), PARTNER])
    translation = a_translation(page, title="Школы", organisations=[lead("Министерство", ROR), PARTNER])
    untranslated = entry(page.translation_key, "ru").untranslated
    assert "lead_organisation" not in untranslated
    assert untranslated["partners"] == "en"
    # An identifier is no translation.
    publish(translation, organisations=[lead("Ministry", ROR), ("partner", {"name": "Университет"})])
    untranslated = entry(page.translation_key, "ru").untranslated
    assert untranslated["lead_organisation"] == "en"
    assert "partners" not in untranslated


def names_for(client, typed):
    answer = client.get("/admin/organisations/", {"q": typed})
    return [known["name"] for known in answer.json()["organisations"]]


def test_names_that_readers_can_see_are_suggested_and_no_others(client, tree):
    section = tree.section()
    a_practice(section, organisations=[lead("Ministry of Roads"), lead("Agency of Water")])
    a_practice(section, organisations=[lead("Ministry of Roads", ROR, "https://roads.example")])
    a_practice(tree.section("kazakhstan", "ru"), organisations=[lead("Министерство дорог")])
    a_practice(section, live=False, organisations=[lead("Ministry of Secrets")])
    shown = a_practice(section, organisations=[lead("Ministry of Earlier Names")])
    publish(shown, organisations=[lead("Ministry of Later Names")])
    assert client.get("/admin/organisations/", {"q": "min"}).status_code == 302
    client.force_login(a_focal_point(section))
    assert names_for(client, "min") == ["Ministry of Roads", "Ministry of Later Names"]
    assert names_for(client, "ДОР") == ["Министерство дорог"]
    assert names_for(client, "of wat") == ["Agency of Water"]
    assert names_for(client, "m") == names_for(client, "\x00%") == []
    (roads,) = client.get("/admin/organisations/", {"q": "roads"}).json()["organisations"]
    assert roads == {"name": "Ministry of Roads", "ror": ROR, "url": "https://roads.example"}
