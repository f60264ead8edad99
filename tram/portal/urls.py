"""Addresses of the portal. All of them are open to everybody (tests/rights/table.py says so, each with its reason)."""

from django.urls import path

from tram.portal.pages import asking, documents, feeds, files, finding, open_data, procedures, questions, reading

app_name = "portal"
urlpatterns = [
    path("cong", reading.front, name="front"),
    path("cong/", reading.front_typed, name="front_typed"),
    path("cong/muc/<slug:category>", reading.category, name="category"),
    path("cong/co-quan", reading.sites, name="sites"),
    path("cong/co-quan/<str:slug>", reading.site, name="site"),
    path("cong/co-quan/<str:slug>/muc/<slug:category>", reading.category, name="site_category"),
    path("cong/tin/<slug:slug>", reading.article, name="article"),
    path("cong/tin/<slug:slug>/y-kien", asking.comment, name="comment"),
    path("cong/tin/<slug:slug>/anh/<uuid:key>-<int:width>", files.picture, name="picture"),
    path("cong/tin/<slug:slug>/tep/<uuid:key>/<str:name>", files.attachment, name="attachment"),
    path("cong/van-ban", documents.listing, name="documents"),
    path("cong/van-ban/loc/<str:kind>/<str:year>", documents.listing, name="documents_of"),
    path("cong/van-ban/moi/<str:form>", feeds.documents_feed, name="documents_feed"),
    path("cong/van-ban/<str:address>", documents.document, name="document"),
    path("cong/van-ban/<str:address>/tep/<uuid:key>/<str:name>", documents.file, name="document_file"),
    path("cong/co-quan/<str:slug>/van-ban", documents.listing, name="site_documents"),
    path("cong/co-quan/<str:slug>/van-ban/loc/<str:kind>/<str:year>", documents.listing, name="site_documents_of"),
    path("cong/co-quan/<str:slug>/van-ban/moi/<str:form>", feeds.documents_feed, name="site_documents_feed"),
    path("cong/hoi-dap", questions.listing, name="questions"),
    path("cong/hoi-dap/hoi", asking.ask, name="ask"),
    path("cong/hoi-dap/ma", asking.find, name="find_question"),
    path("cong/hoi-dap/ma/<str:code>", asking.follow, name="follow"),
    path("cong/hoi-dap/moi/<str:form>", feeds.questions_feed, name="questions_feed"),
    path("cong/hoi-dap/<str:address>", questions.question, name="question"),
    path("cong/co-quan/<str:slug>/hoi-dap", questions.listing, name="site_questions"),
    path("cong/co-quan/<str:slug>/hoi-dap/moi/<str:form>", feeds.questions_feed, name="site_questions_feed"),
    path("cong/tim", finding.search, name="search"),
    path("cong/tin-moi/<str:form>", feeds.feed, name="feed"),
    path("cong/co-quan/<str:slug>/tin-moi/<str:form>", feeds.feed, name="site_feed"),
    path("cong/so-lieu", open_data.tables, name="open_data"),
    path("cong/so-lieu/luot-truy-cap/<str:month>", open_data.ranking, name="ranking"),
    path("cong/so-lieu/luot-truy-cap/<str:month>/<str:form>", open_data.as_text, name="ranking_file"),
    path("cong/thu-tuc", procedures.listing, name="procedures"),
    path("cong/tim/thu-tuc", procedures.found, name="procedures_found"),
    path("cong/thu-tuc/<slug:slug>", procedures.procedure, name="procedure"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("cong/so-do/<str:part>.xml", feeds.map_part, name="map"),
    path("robots.txt", feeds.robots, name="robots"),
    path("cong/<path:rest>", reading.nothing, name="nothing"),
]
