"""The guided finder: four plain questions that end in an ordinary query.

Each answer is a set of codes of one facet, in one table that a person can review. Answers without results, given the
earlier ones, are not offered, so nobody ends at an empty page.
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
class AnswerChoice:
    """A possible answer. `codes` are the codes of the step's facet that it selects; without codes it adds no filter."""

    code: str
    label: str | Promise
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    name: str
    title: str | Promise
    help: str | Promise
    facet: str
    answers: tuple[AnswerChoice, ...] = ()

    def all_answers(self, lang: str) -> tuple[AnswerChoice, ...]:
        """Return the answers in the table, or one for each term of the facet's vocabulary if there are none."""
        terms = labels(lang)[self.facet].items()
        return self.answers or tuple(AnswerChoice(code, label, (code,)) for code, label in terms)


@dataclass(frozen=True)
class AvailableAnswer:
    """An answer with results, and the number of practices that match it and all earlier answers."""

    answer: AnswerChoice
    count: int


@dataclass(frozen=True)
class AnsweredStep:
    """An answered step; `query` is the query string at which it can be answered again."""

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
            AnswerChoice(
                "internet", _("There is no good Internet where people live"), ("digital-connectivity",)
            ),
            AnswerChoice("left-out", _("Some people are left out of digital life"), ("digital-inclusion",)),
            AnswerChoice("skills", _("People lack digital skills"), ("digital-skills",)),
            AnswerChoice("services", _("Public services are slow or far away"), ("e-government",)),
            AnswerChoice("disasters", _("Disasters and failures cut services off"), ("e-resilience",)),
            AnswerChoice("start-ups", _("New firms and ideas do not grow"), ("innovation-policy",)),
            AnswerChoice("adapt", _("A solution from elsewhere should work here"), ("technology-transfer",)),
        ),
    ),
    Step("whom", _("For whom?"), _("The people who should benefit first."), "beneficiary"),
    Step(
        "connection",
        _("How good is the connection there?"),
        _("Where it is bad, only what was made for such places is shown."),
        "tag",
        (
            AnswerChoice(
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
            AnswerChoice(
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
            AnswerChoice("good", _("Good")),
        ),
    ),
    Step(
        "means",
        _("Who can fund it?"),
        _("Money, people, the right to decide."),
        "scope",
        (
            AnswerChoice("local", _("Those of a village, a town or an association"), ("local",)),
            AnswerChoice("national", _("Those of a ministry or a national programme"), ("national",)),
            AnswerChoice(
                "shared",
                _("Those of several countries or an international partner"),
                ("subregional", "international"),
            ),
        ),
    ),
)


class Finder:
    """The answers so far, parsed from parameters named after the steps. An invalid answer ends the list."""

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
        """Return the first step without an answer, None if all are answered."""
        return next((step for step in STEPS if step.name not in self.answered), None)

    @property
    def query(self) -> Query:
        """Return the query of all answers so far."""
        query = of_practices(Query(lang=self.lang))
        for step in STEPS:
            for answer in step.all_answers(self.lang):
                if answer.codes and self.answered.get(step.name) == answer.code:
                    query = query.with_values(step.facet, answer.codes)
        return query

    def offers(self, step: Step) -> list[AvailableAnswer]:
        """Return the answers to a step that still have results."""
        query = self.query
        candidates = (
            AvailableAnswer(
                answer,
                engine().size(query.with_values(step.facet, answer.codes) if answer.codes else query),
            )
            for answer in step.all_answers(self.lang)
        )
        return [offer for offer in candidates if offer.count]

    def answered_steps(self) -> list[AnsweredStep]:
        """Return the answered steps, for readers who want to change an answer."""
        steps = []
        for position, step in enumerate(STEPS[: len(self.answered)]):
            code = self.answered[step.name]
            label = next((a.label for a in step.all_answers(self.lang) if a.code == code), DOES_NOT_MATTER)
            earlier_answers = {earlier.name: self.answered[earlier.name] for earlier in STEPS[:position]}
            steps.append(AnsweredStep(step, label, urlencode(earlier_answers)))
        return steps
