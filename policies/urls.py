"""The pages of the knowledge base."""

from django.urls import path, register_converter

from policies.views import accounts
from policies.views.about import about
from policies.views.agencies import agencies, agency
from policies.views.citing import cite
from policies.views.clippings import clear, clip, clippings
from policies.views.comparing_policies import compare_policies
from policies.views.comparing_targets import compare_targets
from policies.views.exports import export_policy, exports
from policies.views.feeds import AgencyFeed, PoliciesFeed, RegionFeed
from policies.views.home import home
from policies.views.issues import issue, issues
from policies.views.policies import policies, policy, source
from policies.views.problems import problem
from policies.views.regions import region, regions
from policies.views.targets import targets, targets_file
from policies.views.topics import topic, topics


class UnicodeSlug:
    """A slug that may hold Chinese: 浙江-2023-数字政府建设."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(UnicodeSlug, "unicode_slug")

app_name = "policies"
urlpatterns = [
    path("", home, name="home"),
    path("issues/", issues, name="issues"),
    path("issues/<int:year>-<int:number>/", issue, name="issue"),
    path("policies/", policies, name="policies"),
    path("policies/compare/", compare_policies, name="compare_policies"),
    path("policies/<unicode_slug:slug>/", policy, name="policy"),
    path("policies/<unicode_slug:slug>/source/", source, name="source"),
    path("policies/<unicode_slug:slug>/cite/", cite, name="cite"),
    path("policies/<unicode_slug:slug>/export/", export_policy, name="export_policy"),
    path("policies/<unicode_slug:slug>/problem/", problem, name="problem"),
    path("exports/", exports, name="exports"),
    path("regions/", regions, name="regions"),
    path("regions/<slug:code>/", region, name="region"),
    path("agencies/", agencies, name="agencies"),
    path("agencies/<int:pk>/", agency, name="agency"),
    path("targets/", targets, name="targets"),
    path("targets/compare/", compare_targets, name="compare_targets"),
    path("targets/<slug:ending>/", targets_file, name="targets_file"),
    path("about/", about, name="about"),
    path("clippings/", clippings, name="clippings"),
    path("clippings/clip/", clip, name="clip"),
    path("clippings/clear/", clear, name="clear_clippings"),
    path("desk/accounts/", accounts.accounts, name="accounts"),
    path("desk/accounts/new/", accounts.new_account, name="new_account"),
    path("desk/accounts/<int:pk>/", accounts.account, name="account"),
    path("desk/accounts/<int:pk>/role/", accounts.role, name="account_role"),
    path("desk/accounts/<int:pk>/close/", accounts.close, name="close_account"),
    path("desk/accounts/<int:pk>/reopen/", accounts.reopen, name="reopen_account"),
    path("desk/accounts/<int:pk>/link/", accounts.link, name="account_link"),
    path("feed/", PoliciesFeed(), name="feed"),
    path("regions/<slug:code>/feed/", RegionFeed(), name="region_feed"),
    path("agencies/<int:pk>/feed/", AgencyFeed(), name="agency_feed"),
    path("topics/", topics, name="topics"),
    path("topics/<slug:slug>/", topic, name="topic"),
]
