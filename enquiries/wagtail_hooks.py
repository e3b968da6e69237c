"""Readers' messages in Wagtail's admin."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from enquiries.home_panels import MessagesPanel
from enquiries.viewset import MessageViewSet, message_viewset


@hooks.register("register_admin_viewset")
def register_messages() -> MessageViewSet:
    return message_viewset


@hooks.register("construct_homepage_panels")
def tell_of_messages(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(MessagesPanel())
