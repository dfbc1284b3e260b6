from django.urls import path

from symposia.web.content import (
    archives,
    binders,
    examples,
    files,
    lessons,
    letters,
    materials,
    packages,
    runtimes,
    wordings,
)

urlpatterns = [
    path("healthz", files.alive, name="content_alive"),
    path("f/<str:ticket>/", files.content, name="content"),
    path("z/<str:ticket>/", archives.papers, name="archive"),
    path("b/<str:ticket>/", binders.binder_content, name="binder_content"),
    path("l/<str:ticket>/", lessons.lesson_content, name="lesson_content"),
    path("p/<str:ticket>/", packages.package, name="package"),
    path("p/<str:ticket>/commits", packages.package_commits, name="package_commits"),
    path("p/<str:ticket>/c/<path:path>", packages.package_part, name="package_part"),
    path("r/<slug:digest>/<str:name>", runtimes.runtime, name="runtime"),
    path("m/<str:ticket>/", letters.letter, name="letter"),
    path("g/<str:ticket>/", materials.material_content, name="material_content"),
    path("e/<str:ticket>/", examples.example, name="example"),
    path("w/<str:ticket>/", wordings.wording_example, name="wording_example"),
]
