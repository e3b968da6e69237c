from practices.models.index import PracticesIndexPage, SectionPage
from practices.models.practice import PracticePage, PracticeTag

__all__ = ["PracticePage", "PracticeTag", "PracticesIndexPage", "SectionPage"]
