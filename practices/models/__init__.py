from practices.models.desk_act import DeskAct
from practices.models.desk_view import DeskView
from practices.models.index import PracticesIndexPage, SectionPage
from practices.models.practice import PracticePage, PracticeTag
from practices.models.review_link import ReviewLink
from practices.models.terms import (
    PracticeAdopter,
    PracticeBeneficiary,
    PracticeCountry,
    PracticeSDG,
    PracticeTheme,
)

__all__ = [
    "DeskAct",
    "DeskView",
    "PracticeAdopter",
    "PracticeBeneficiary",
    "PracticeCountry",
    "PracticePage",
    "PracticeSDG",
    "PracticeTag",
    "PracticeTheme",
    "PracticesIndexPage",
    "ReviewLink",
    "SectionPage",
]
