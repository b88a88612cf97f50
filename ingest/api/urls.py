"""The addresses of the ingest's API."""

from rest_framework.routers import SimpleRouter

from ingest.api.views import BatchViewSet, RunViewSet

app_name = "runs"
router = SimpleRouter()
router.register("runs", RunViewSet)
router.register("batches", BatchViewSet)
urlpatterns = router.urls
