from practices.models.index import PracticesIndexPage, SectionPage
from practices.models.message import Message
from practices.models.practice import PracticePage, PracticeTag
from practices.models.review_link import ReviewLink

__all__ = ["Message", "PracticePage", "PracticeTag", "PracticesIndexPage", "ReviewLink", "SectionPage"]
