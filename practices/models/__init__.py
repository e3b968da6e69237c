from practices.models.address import Address, Withdrawal
from practices.models.index import PracticesIndexPage, SectionPage
from practices.models.message import Message
from practices.models.practice import PracticePage, PracticeTag
from practices.models.review_link import ReviewLink

__all__ = [
    "Address",
    "Message",
    "PracticePage",
    "PracticeTag",
    "PracticesIndexPage",
    "ReviewLink",
    "SectionPage",
    "Withdrawal",
]
