"""The URLs of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts import urls as accounts_urls
from accounts.files import document, picture
from alerts.views.managing import unsubscribe
from api.documentation import documentation
from api.oai.views import oai
from api.views import api
from core.sitemaps import sitemap, sitemap_part
from indexing.views import permanent
from portal.robots import robots

handler400 = "portal.errors.bad_request"
urlpatterns = [
    *accounts_urls.wagtails,
    path("admin/", include(wagtailadmin_urls)),
    # Before Wagtail's, which would give any document to anybody; its page for passwords stays.
    re_path(r"^documents/(\d+)/(.*)$", document, name="document"),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("p/<uuid:key>", permanent, name="permanent"),
    path("alerts/<str:token>/unsubscribe", unsubscribe, name="unsubscribe"),
    path("api/v1/docs", documentation, name="api_docs"),
    path("api/v1/", api.urls),
    path("oai", oai),
    path("robots.txt", robots, name="robots"),
    path("media/<path:name>", picture, name="media"),
]
urlpatterns += i18n_patterns(
    path("", include("accounts.urls")),
    path("", include("practices.urls")),
    path("", include("enquiries.urls")),
    path("", include("search.urls")),
    path("", include("exports.urls")),
    path("", include("insights.urls")),
    path("", include("alerts.urls")),
    path("", include(wagtail_urls)),
)
