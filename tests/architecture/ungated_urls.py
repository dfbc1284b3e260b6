from django.http import HttpResponse
from django.urls import path


def open_by_mistake(request):
    return HttpResponse("hello")


urlpatterns = [path("mistake/", open_by_mistake)]
