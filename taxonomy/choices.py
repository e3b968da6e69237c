"""Closed lists, whose codes are used in records, queries and exports. The query parser validates values of a query."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PLANNED = "planned", _("Planned")
    PILOT = "pilot", _("Pilot")
    ONGOING = "ongoing", _("Ongoing")
    SCALED = "scaled", _("Scaled up")
    COMPLETED = "completed", _("Completed")
    DISCONTINUED = "discontinued", _("Discontinued")


class Scope(models.TextChoices):
    LOCAL = "local", _("Local")
    NATIONAL = "national", _("National")
    SUBREGIONAL = "subregional", _("Subregional")
    INTERNATIONAL = "international", _("International")


class Evidence(models.TextChoices):
    SELF_REPORTED = "1", _("Self-reported")
    MONITORED = "2", _("Monitored data")
    EVALUATED = "3", _("Independent evaluation")
    PEER_REVIEWED = "4", _("Peer-reviewed")


class CostRange(models.TextChoices):
    UNDER_10K = "under-10k", _("Under 10,000")
    UNDER_100K = "10k-100k", _("10,000 to 100,000")
    UNDER_1M = "100k-1m", _("100,000 to 1 million")
    UNDER_10M = "1m-10m", _("1 to 10 million")
    OVER_10M = "over-10m", _("Over 10 million")


class Financing(models.TextChoices):
    STATE = "state-budget", _("State budget")
    GRANT = "grant", _("Grant")
    LOAN = "loan", _("Loan")
    PRIVATE = "private", _("Private investment")
    PPP = "ppp", _("Public-private partnership")
    FEES = "fees", _("Fees of users")
    MIXED = "mixed", _("Several sources")


class TechnologyLicence(models.TextChoices):
    OPEN_SOURCE = "open-source", _("Open source")
    OPEN_STANDARD = "open-standard", _("Open standard")
    PROPRIETARY = "proprietary", _("Proprietary licence")
    MIXED = "mixed", _("Open and proprietary parts")


class Connectivity(models.TextChoices):
    OFFLINE = "offline", _("Works without a connection")
    LOW = "low", _("A slow or mobile connection is enough")
    BROADBAND = "broadband", _("Needs broadband")
    BACKBONE = "backbone", _("Needs a backbone or data centre")


class TransferRating(models.IntegerChoices):
    UNTRIED = 1, _("Not tried elsewhere")
    PLANNED = 2, _("Planned elsewhere")
    PARTLY = 3, _("Parts taken over elsewhere")
    ELSEWHERE = 4, _("Working in another country")
    WIDELY = 5, _("Working in several countries")


class ContentLicence(models.TextChoices):
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_NC_SA_IGO = "cc-by-nc-sa-3.0-igo", "CC BY-NC-SA 3.0 IGO"


LICENCE_URLS: dict[str, str] = {
    ContentLicence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    ContentLicence.CC_BY_NC_SA_IGO: "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/",
}
