"""The URLs of `make dev`: those of the portal and the page of all components."""

from django.urls import path

from portal.styleguide.views import styleguide
from portal.urls import handler400 as handler400
from portal.urls import urlpatterns as urls_of_portal

urlpatterns = [path("styleguide/", styleguide, name="styleguide"), *urls_of_portal]
