"""The guided finder: four plain questions that end in an ordinary query.

Each answer stands for codes of one facet, in one table that a person can review. An answer that would find nothing
after those before it is not offered, so nobody ends at an empty page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from insights.practices import of_practices
from search.engines import engine
from search.labels import labels
from search.query import Query

ANY = "any"
DOES_NOT_MATTER = _("It does not matter")


@dataclass(frozen=True)
class Answer:
    """`codes`: what it stands for, of the step's facet; none: it narrows nothing."""

    code: str
    label: str | Promise
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    name: str
    title: str | Promise
    help: str | Promise
    facet: str
    answers: tuple[Answer, ...] = ()

    def all_answers(self, lang: str) -> tuple[Answer, ...]:
        """Those of the table; where it has none, every term of the facet's vocabulary."""
        terms = labels(lang)[self.facet].items()
        return self.answers or tuple(Answer(code, label, (code,)) for code, label in terms)


@dataclass(frozen=True)
class Offer:
    """An answer that can be given now, and how many practices it leaves."""

    answer: Answer
    count: int


@dataclass(frozen=True)
class Given:
    """A step that has been answered, and the address at which it is asked again."""

    step: Step
    label: str | Promise
    query: str


STEPS = (
    Step(
        "problem",
        _("What problem do you want to solve?"),
        "",
        "theme",
        (
            Answer("internet", _("There is no good Internet where people live"), ("digital-connectivity",)),
            Answer("left-out", _("Some people are left out of digital life"), ("digital-inclusion",)),
            Answer("skills", _("People lack digital skills"), ("digital-skills",)),
            Answer("services", _("Public services are slow or far away"), ("e-government",)),
            Answer("disasters", _("Disasters and failures cut services off"), ("e-resilience",)),
            Answer("start-ups", _("New firms and ideas do not grow"), ("innovation-policy",)),
            Answer("adapt", _("A solution from elsewhere should work here"), ("technology-transfer",)),
        ),
    ),
    Step("whom", _("For whom?"), _("The people who should benefit first."), "beneficiary"),
    Step(
        "connection",
        _("How good is the connection there?"),
        _("Where it is bad, only what was made for such places is shown."),
        "tag",
        (
            Answer(
                "none",
                _("There is none, or it often fails"),
                (
                    "connection-offline",
                    "community-network",
                    "last-mile",
                    "mobile-units",
                    "satellite",
                    "volunteers",
                ),
            ),
            Answer(
                "slow",
                _("Slow, or by mobile telephone only"),
                (
                    "connection-offline",
                    "connection-low",
                    "community-network",
                    "last-mile",
                    "mobile-app",
                    "mobile-money",
                    "mobile-units",
                    "rural",
                    "satellite",
                    "volunteers",
                ),
            ),
            Answer("good", _("Good")),
        ),
    ),
    Step(
        "means",
        _("Who can fund it?"),
        _("Money, people, the right to decide."),
        "scope",
        (
            Answer("local", _("Those of a village, a town or an association"), ("local",)),
            Answer("national", _("Those of a ministry or a national programme"), ("national",)),
            Answer(
                "shared",
                _("Those of several countries or an international partner"),
                ("subregional", "international"),
            ),
        ),
    ),
)


class Finder:
    """What has been answered so far, read from parameters named as the steps; what is not an answer has not been given."""

    def __init__(self, parameters: Mapping[str, str], lang: str) -> None:
        self.lang = lang
        self.answered: dict[str, str] = {}
        for step in STEPS:
            code = parameters.get(step.name, "")
            if code != ANY and code not in (answer.code for answer in step.all_answers(lang)):
                break
            self.answered[step.name] = code

    @property
    def step(self) -> Step | None:
        """The first that is not answered, None at the end."""
        return next((step for step in STEPS if step.name not in self.answered), None)

    @property
    def query(self) -> Query:
        """What has been asked for so far."""
        query = of_practices(Query(lang=self.lang))
        for step in STEPS:
            for answer in step.all_answers(self.lang):
                if answer.codes and self.answered.get(step.name) == answer.code:
                    query = query.with_values(step.facet, answer.codes)
        return query

    def offers(self, step: Step) -> list[Offer]:
        """The answers to a step that leave something to be found."""
        query = self.query
        counted = (
            Offer(
                answer,
                engine().size(query.with_values(step.facet, answer.codes) if answer.codes else query),
            )
            for answer in step.all_answers(self.lang)
        )
        return [offer for offer in counted if offer.count]

    def given(self) -> list[Given]:
        """What has been answered, for a reader who wants to change it."""
        told = []
        for place, step in enumerate(STEPS[: len(self.answered)]):
            code = self.answered[step.name]
            label = next((a.label for a in step.all_answers(self.lang) if a.code == code), DOES_NOT_MATTER)
            before = {earlier.name: self.answered[earlier.name] for earlier in STEPS[:place]}
            told.append(Given(step, label, urlencode(before)))
        return told
