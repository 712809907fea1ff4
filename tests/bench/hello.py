"""The measure of CPU: the least that a Django project can answer, without any middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """Five bytes."""
    return HttpResponse("hello", headers={"Content-Length": "5"})  # else it is sent in chunks


urlpatterns = [path("", hello)]
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="hello", MIDDLEWARE=[]
)
application = get_wsgi_application()
