"""Every address of the portal (DESIGN section 3)."""

from pathlib import Path

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from alerts.views.managing import unsubscribe
from api.documentation import documentation
from api.oai.views import oai
from api.views import api
from core.sitemaps import sitemap, sitemap_part
from practices.views.addresses import permanent

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("p/<uuid:key>", permanent, name="permanent"),
    path("alerts/<str:token>/unsubscribe", unsubscribe, name="unsubscribe"),
    path("api/v1/docs", documentation),
    path("api/v1/", api.urls),
    path("oai", oai),
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain")),
    # Pictures in their sizes and nothing else: documents go through Wagtail, which asks who may read them.
    path("media/images/<path:path>", serve, {"document_root": Path(settings.MEDIA_ROOT) / "images"}),
]
urlpatterns += i18n_patterns(
    path("", include("practices.urls")),
    path("", include("search.urls")),
    path("", include("alerts.urls")),
    path("", include(wagtail_urls)),
)
