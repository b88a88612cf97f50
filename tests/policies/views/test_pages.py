"""What the pages show, and to whom."""

import re
from datetime import date
from itertools import pairwise
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from policies.models import Agency, Edition, Policy, Reference, Region, Succession
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("kept_library")


@pytest.fixture
def addresses(library) -> list[str]:
    """One address of every page type."""
    return [
        reverse("policies:home"),
        reverse("policies:issues"),
        library.issue.get_absolute_url(),
        reverse("policies:policies"),
        library.law.get_absolute_url(),
        library.plan.get_absolute_url(),
        reverse("policies:source", args=[library.plan.slug]),
        reverse("policies:regions"),
        library.province.get_absolute_url(),
        reverse("policies:agencies"),
        library.bureau.get_absolute_url(),
        reverse("policies:targets"),
        f"{reverse('policies:compare_targets')}?indicator=算力",
        f"{reverse('policies:compare_policies')}?policy={library.law.slug}&policy={library.plan.slug}",
        f"{reverse('policies:compare_policies')}?policy={library.law.slug}",
        reverse("policies:topics"),
        reverse("policies:topic", args=["computing"]),
        reverse("policies:about"),
        reverse("policies:clippings"),
        reverse("policies:cite", args=[library.law.slug]),
        reverse("policies:problem", args=[library.law.slug]),
        reverse("login"),
    ]


def test_every_page_opens_for_readers_and_has_one_main_heading(client, addresses):
    for address in addresses:
        response = client.get(address)
        body = response.content.decode()
        assert response.status_code == 200, address
        assert body.count("<h1") == 1, address
        assert 'lang="zh-Hans"' in body
        assert 'href="#main"' in body
        assert " style=" not in body
        assert "<script>" not in body


def test_headings_never_skip_a_level(client, addresses):
    for address in addresses:
        levels = [int(level) for level in re.findall(r"<h([1-6])", client.get(address).content.decode())]
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), (address, levels)


def test_no_page_has_an_id_twice(client, addresses):
    for address in addresses:
        ids = re.findall(r' id="([^"]+)"', client.get(address).content.decode())
        assert len(ids) == len(set(ids)), address


def test_every_page_works_when_nothing_is_there(client, db):
    for name in ("home", "issues", "policies", "regions", "agencies", "targets", "topics"):
        response = client.get(reverse(f"policies:{name}"))
        assert response.status_code == 200, name


def test_readers_never_meet_a_draft(client, library):
    for name in ("home", "issues", "policies", "regions", "agencies", "targets", "topics"):
        words = text_of(client.get(reverse(f"policies:{name}")))
        assert "草稿" not in words, name
        assert "尚未发布的一期" not in words, name
    assert client.get(library.draft.get_absolute_url()).status_code == 404
    assert client.get(reverse("policies:source", args=[library.draft.slug])).status_code == 404
    assert client.get(library.draft_issue.get_absolute_url()).status_code == 404
    assert "草稿" not in text_of(client.get(library.city.get_absolute_url()))


def test_editors_see_drafts_marked(editor_client, library):
    words = text_of(editor_client.get(reverse("policies:policies")))
    assert "云岭市草稿方案 草稿" in words
    assert editor_client.get(library.draft.get_absolute_url()).status_code == 200
    assert "草稿中心" in text_of(editor_client.get(reverse("policies:targets")))


def test_links_beside_a_policy_have_a_name_each(client, library, admin_user):
    client.force_login(admin_user)
    body = client.get(library.plan.get_absolute_url()).content.decode()
    address = re.escape(reverse("desk:add", args=[library.plan.slug]))
    assert re.findall(rf'href="{address}"[^>]*>([^<]+)<', body) == ["从头补充一条记录", "补充记录"]


class TestHome:
    def test_counts_what_readers_may_read(self, client, library):
        words = text_of(client.get("/"))
        assert "1 期" in words
        assert "2 项政策" in words
        assert "10 条条款" in words
        assert "2 个目标" in words
        assert "2 个部门" in words

    def test_leads_to_the_latest_issue_the_province_and_the_targets_of_a_year(self, client, library):
        body = client.get("/").content.decode()
        assert 'href="/issues/2024-7/"' in body
        assert 'href="/regions/510000/"' in body
        assert 'href="/targets/?year_min=2025&amp;year_max=2025"' in body


class TestIssue:
    def test_prints_its_contents_by_column_with_pages(self, client, library):
        words = text_of(client.get(library.issue.get_absolute_url()))
        assert words.index("国策要论") < words.index(library.law.title) < words.index("地方新政")
        assert re.search(r"第 5 页 青川省算力行动方案", words)
        assert "没有收录的文件 （未收录）" in words
        assert "条例自五月起施行。" in words
        assert "总第" not in words
        assert "第170期" in words

    def test_shows_its_warnings_to_editors_only(self, client, editor, library):
        address = library.issue.get_absolute_url()
        assert "条号不连续" not in text_of(client.get(address))
        client.force_login(editor)
        assert "第 4 行：条号不连续" in text_of(client.get(address))

    def test_leads_editors_to_the_desk(self, client, editor, library):
        for page in (library.issue, library.plan):
            assert library.issue.desk_address not in client.get(page.get_absolute_url()).content.decode()
        client.force_login(editor)
        for page in (library.issue, library.plan):
            assert library.issue.desk_address in client.get(page.get_absolute_url()).content.decode()

    def test_leads_to_its_neighbours_above_its_contents_and_below(self, editor_client, library):
        body = editor_client.get(library.issue.get_absolute_url()).content.decode()
        link = '<a rel="next" href="/issues/2024-8/">'
        assert body.count(link) == 2
        assert body.index(link) < body.index("国策要论") < body.rindex(link)
        assert '<link rel="next" href="/issues/2024-8/">' in body
        body = editor_client.get(library.draft_issue.get_absolute_url()).content.decode()
        assert body.count('<a rel="prev" href="/issues/2024-7/">') == 2


class TestPolicies:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("region=510000", ["条例", "方案"]),
            ("region=100000", []),
            ("kind=law", ["条例"]),
            ("level=city", []),
            ("year=2024", ["条例"]),
            ("topic=computing", ["方案"]),
            ("title=青川 行动", ["方案"]),
            ("kind=plan&year=2023", ["方案"]),
        ],
    )
    def test_filters(self, client, library, query, titles):
        words = text_of(client.get(f"/policies/?{query}"))
        for title, full in (("条例", library.law.title), ("方案", library.plan.title)):
            assert (full in words) == (title in titles)

    @pytest.mark.parametrize(
        "query",
        ["page=x", "page=-1", "page=99999999999999999999", "year=99999999999999999999", "kind=%00", "title=%00"],
    )
    def test_bear_nonsense(self, client, library, query):
        assert client.get(f"/policies/?{query}").status_code == 200

    @pytest.mark.parametrize("field", ["policies/?title", "targets/?indicator", "targets/?unit", "agencies/?name"])
    def test_refuse_more_words_than_anyone_types(self, client, library, field):
        response = client.get(f"/{field}={'算+' * 1500}")
        assert response.status_code == 200
        assert 'class="errorlist"' in response.content.decode()


class TestPolicy:
    def test_tells_its_facts(self, client, library):
        words = text_of(client.get(library.law.get_absolute_url()))
        for fact in (
            "青川省人民代表大会公告第12号",
            "2024年1月30日",
            "2024年5月1日",
            "青川省数据局",
            "已发布",
            "第 1 页",
        ):
            assert fact in words

    def test_every_provision_has_its_anchor_and_its_line_that_leads_to_all_else(self, client, library):
        address = library.law.get_absolute_url()
        body = client.get(address).content.decode()
        for provision in library.law.provisions.all():
            assert f'id="{provision.eid}"' in body
            assert f'<a href="cite/?clause={provision.eid}">{provision.start_line}</a>' in body
            further = client.get(f"{address}cite/", {"clause": provision.eid}).content.decode()
            assert f'href="{address}#{provision.eid}"' in further
            assert f'href="../source/#L{provision.start_line}"' in further
            assert f'href="../problem/?clause={provision.eid}"' in further

    def test_a_list_keeps_what_follows_it_after_it(self, client, library):
        words = text_of(client.get(library.law.get_absolute_url()))
        assert words.index("建设下列设施：") < words.index("宽带网络。") < words.index("前款设施应当节能。")

    def test_the_words_of_targets_and_agencies_lead_to_them(self, client, library):
        page = client.get(library.plan.get_absolute_url()).content.decode()
        target = library.plan.target_set.get(indicator="智算中心")
        aim = f'<a href="#t{target.pk}" title="12 个，2025年">智算中心12个</a>'
        assert f"建成{aim}，" in page
        assert f'id="t{target.pk}"' in page
        bureau = f'<a href="{library.bureau.get_absolute_url()}">省数据局</a>'
        assert f"（{bureau}牵头，" in page

    def test_tables_and_captions_stand_in_their_place(self, client, library):
        response = client.get(library.plan.get_absolute_url())
        words = text_of(response)
        assert words.index("智算中心12个") < words.index("表1 分年任务") < words.index("图1 布局示意")
        assert words.index("图1 布局示意") < words.index("推进建设")
        assert '<th scope="col" class="number">规模</th>' in response.content.decode()

    def test_targets_and_agencies_stand_under_their_clause(self, client, library):
        response = client.get(library.plan.get_absolute_url())
        words = text_of(response)
        assert re.search(r"目标 算力规模 超过 1000 PFLOPS ，2025年", words)
        assert re.search(r"牵头 青川省数据局 配合 青川省财政厅", words)
        assert f'href="{library.finance.get_absolute_url()}"' in response.content.decode()
        assert "被否决的目标" not in words

    def test_observations_stand_in_a_table_with_their_clause(self, client, library):
        library.plan.observation_set.create(
            provision=library.plan.provisions.get(eid="sec_1"), line=14, quote="x", indicator="算力投资", unit="亿元",
            when="2023-01/2023-10", yoy="-3.5", yoy_unit="%", rule="test",
        )  # fmt: skip
        library.plan.observation_set.create(
            line=14, quote="x", indicator="被否决的", value=1, rule="test", review="rejected"
        )
        response = client.get(library.plan.get_absolute_url())
        first = "一 14 算力规模 2022年 300 PFLOPS"
        assert f"时期 数值 变化 {first} 算力投资 2023年1—10月 — -3.5%" in text_of(response)
        assert '<th scope="rowgroup" rowspan="2"><a href="#sec_1">一</a>' in response.content.decode()

    def test_cited_documents_are_links_where_they_are_here(self, client, library):
        body = client.get(library.plan.get_absolute_url()).content.decode()
        assert f'<a href="{library.law.get_absolute_url()}">《青川省数字经济促进条例》</a>' in body

    def test_the_words_of_a_query_are_marked(self, client, library):
        address = library.law.get_absolute_url()
        body = client.get(address, {"q": "数字经济 NOT 宽带"}).content.decode()
        assert "促进<mark>数字经济</mark>发展" in body
        assert "<mark>宽带" not in body
        assert "<mark>" not in client.get(address, {"q": '"'}).content.decode()

    def test_a_hit_over_heading_text_and_tail_is_marked_in_each_and_counted_once(self, client, library):
        library.plan.provisions.filter(eid="sec_2__subsec_1").update(tail="按年评估。")
        query = {"q": "夯实底座依据《青川"}
        body = client.get(library.plan.get_absolute_url(), query).content.decode()
        assert "<span><mark>夯实底座</mark></span>" in body
        assert '<mark class="on">依据</mark>' in body
        assert '<mark class="on">《青川</mark>省数字经济促进条例》</a>' in body
        assert "共 1 处" in body
        body = client.get(library.plan.get_absolute_url(), {"q": "财政厅配合）按年"}).content.decode()
        assert '<mark class="on">按年</mark>评估' in body

    def test_words_are_escaped(self, client, library):
        clause = library.law.provisions.get(eid="chp_1__art_1")
        clause.text = "<b>粗</b>&<script>alert(1)</script>"
        clause.save()
        for query in ({}, {"q": "粗"}):
            assert "&lt;script&gt;alert(1)" in client.get(library.law.get_absolute_url(), query).content.decode()

    @pytest.mark.parametrize("slug", ["没有的政策", "a%00b", "x" * 500])
    def test_an_unknown_one_is_not_found(self, client, db, slug):
        assert client.get(f"/policies/{slug}/").status_code == 404

    @pytest.mark.parametrize(("line", "status"), [("14", 200), ("11", 404), ("22", 404), ("x", 404), ("\x00", 404)])
    def test_one_line_of_the_source_alone(self, client, library, line, status):
        answer = client.get(reverse("policies:source", args=[library.plan.slug]), {"line": line})
        assert answer.status_code == status
        if status == 200:
            assert answer.content.decode() == library.plan.source.lines()[13]
            assert answer["Content-Type"] == "text/plain; charset=utf-8"

    def test_source_shows_its_lines_with_their_numbers(self, client, library):
        body = client.get(f"/policies/{quote(library.plan.slug)}/source/").content.decode()
        assert re.search(r'id="L12".*青川省算力行动方案', body)
        assert 'id="L21"' in body
        assert 'id="L11"' not in body
        assert 'id="L22"' not in body


class TestRegions:
    def test_a_province_counts_its_cities_policies(self, editor_client, library):
        assert re.search(r"青川省 3 3 2 1 2024年 云岭市草稿方案 草稿", text_of(editor_client.get("/regions/")))
        words = text_of(editor_client.get(library.province.get_absolute_url()))
        assert "云岭市草稿方案" in words
        assert re.search(r"云岭市 1", words)

    def test_one_region_shows_policies_by_year_agencies_and_targets(self, client, library):
        words = text_of(client.get(library.province.get_absolute_url()))
        assert words.index("2024年") < words.index(library.law.title) < words.index(library.plan.title)
        assert "青川省数据局 1 项任务，发布 1 项政策 青川省财政厅 1 项任务 全部部门" in words
        assert "算力规模 超过 1000 PFLOPS" in words

    def test_one_region_shows_its_years_and_stands_among_its_like(self, client, library):
        other = Region.objects.create(code="440000", name="白沙省", short_name="白沙", level="province")
        Policy.objects.filter(pk=library.law.pk).update(region=other)
        library.plan.provisions.filter(eid="sec_1").update(topics=["computing"])
        response = client.get(library.province.get_absolute_url())
        words, body = text_of(response), response.content.decode()
        assert "年份 规划 合计 2023年 1 1" in words
        assert 'href="/policies/?region=510000&amp;year=2023&amp;kind=plan"' in body
        assert "主题 2025 合计 算力 2 2" in words
        assert 'href="/targets/?topic=computing&amp;region=510000&amp;year_min=2025&amp;year_max=2025">2</a>' in body
        assert "1 青川省 1 2 1 2 白沙省 1 0 0" in words
        assert '<tr class="marked" aria-current="true">' in body

    def test_regions_are_sorted_by_what_is_asked(self, client, library):
        Region.objects.create(code="110000", name="白沙省", short_name="白沙", level="province")
        for query, first, last in (("", "白沙省", "青川省"), ("?sort=-policies", "青川省", "白沙省")):
            response = client.get(f"/regions/{query}")
            words = text_of(response)
            assert words.rindex(first) < words.rindex(last), query
        assert 'aria-sort="descending" class="number"><a href="?sort=policies">' in response.content.decode()
        assert client.get("/regions/?sort=%00").status_code == 200

    def test_a_region_without_policies_says_so(self, client, library):
        words = text_of(client.get(library.city.get_absolute_url()))
        assert "还没有收录云岭市的政策" in words
        assert "各地之中" not in words

    @pytest.mark.parametrize("code", ["999999", "x", "1" * 300])
    def test_an_unknown_one_is_not_found(self, client, db, code):
        assert client.get(f"/regions/{code}/").status_code == 404


class TestAgencies:
    def test_lists_those_that_readers_can_meet_with_counts(self, client, library):
        words = text_of(client.get("/agencies/"))
        assert "青川省数据局 1 1" in words
        assert "青川省财政厅 1 0" in words
        assert "青川省林业厅" not in words

    def test_is_found_by_a_name_it_goes_by(self, client, library):
        words = text_of(client.get("/agencies/?name=省数据"))
        assert "青川省数据局" in words
        assert "青川省财政厅" not in words

    def test_stand_by_field_and_by_letter_too(self, client, library):
        words = text_of(client.get("/agencies/?by=field"))
        assert words.index("数据与政务服务 1") < words.index("财政与税务 1") < words.index("青川省数据局 1 1")
        body = client.get("/agencies/?by=letter&at=Q").content.decode()
        assert 'href="?by=letter&amp;at=Q" aria-current="true">Q <span class="count">2</span>' in body
        assert "青川省财政厅" in body

    @pytest.mark.parametrize(("query", "there"), [("name=qingchuan", True), ("name=sjj", True), ("name=xyz", False)])
    def test_are_found_by_pinyin(self, client, library, query, there):
        assert ("青川省数据局" in text_of(client.get(f"/agencies/?{query}"))) == there

    def test_are_narrowed_by_field(self, client, library):
        words = text_of(client.get("/agencies/?field=finance"))
        assert "青川省财政厅" in words
        assert "青川省数据局" not in words

    @pytest.mark.parametrize("query", ["by=x", "at=x&by=field", "field=x", "by=letter&at=%00", "by=field&page=99"])
    def test_bear_nonsense(self, client, library, query):
        assert client.get(f"/agencies/?{query}").status_code == 200

    def test_one_agency_shows_with_whom_it_works_and_in_which_policies(self, client, library):
        words = text_of(client.get(library.bureau.get_absolute_url()))
        assert "领域 数据与政务服务" in words
        assert "共同承担的部门" in words
        assert "青川省财政厅 1 1" in words
        assert words.index("年份与政策") < words.rindex("青川省算力行动方案 1")
        assert "共同承担的部门" not in text_of(client.get(Agency.objects.get(name="青川省林业厅").get_absolute_url()))

    def test_one_agency_shows_names_tasks_and_quotes(self, client, library):
        words = text_of(client.get(library.bureau.get_absolute_url()))
        assert "又名 省数据局" in words
        assert "牵头 二/（一） 夯实底座" in words
        assert "（省数据局牵头，省财政厅配合）" in words
        assert "原文第 20 行" in words

    def test_role_narrows_the_tasks(self, client, library):
        address = library.bureau.get_absolute_url()
        assert "没有这一类任务" in text_of(client.get(f"{address}?role=support"))
        assert library.law.title in text_of(client.get(f"{address}?role=issued"))

    def test_one_known_from_a_draft_alone_is_not_found(self, client, library):
        library.finance.known = False
        library.finance.save()
        library.plan.state = "draft"
        library.plan.save()
        assert client.get(library.finance.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("pk", ["0", "99999999999999999999999"])
    def test_an_unknown_one_is_not_found(self, client, db, pk):
        assert client.get(f"/agencies/{pk}/").status_code == 404


class TestTopics:
    def test_show_what_each_holds_over_years_and_places(self, client, library):
        library.draft.topics.add(library.topic)
        response = client.get("/topics/")
        words, body = text_of(response), response.content.decode()
        assert "主题 2023年 合计 算力 1 1" in words
        assert "主题 青川 合计 算力 1 1" in words
        assert 'href="/policies/?topic=computing&amp;year=2023"' in body
        assert 'href="/policies/?topic=computing&amp;region=510000"' in body

    def test_one_shows_its_places_over_the_years(self, client, library):
        response = client.get("/topics/computing/")
        assert "地区 2023年 合计 青川 1 1" in text_of(response)
        address = "/policies/?topic=computing&amp;year=2023&amp;region=510000"
        assert f'href="{address}"' in response.content.decode()
        assert library.plan.title in text_of(client.get(address.replace("&amp;", "&")))

    def test_one_leads_to_its_targets_and_to_comparisons(self, client, library):
        library.law.topics.add(library.topic)
        library.plan.provisions.filter(eid="sec_1").update(topics=["computing"])
        other = Region.objects.create(code="440000", name="白沙省", short_name="白沙", level="province")
        Policy.objects.filter(pk=library.law.pk).update(region=other)
        library.law.target_set.create(line=3, indicator="算力规模", op="=", value=1, unit="PFLOPS", quote="x", rule="t")
        body = client.get("/topics/computing/").content.decode()
        assert 'href="/targets/?topic=computing">全部 2 个目标' in body
        assert 'href="/targets/?topic=computing&amp;year_min=2025&amp;year_max=2025">2025年' in body
        assert f'href="/targets/compare/?indicator={quote("算力规模")}"' in body
        assert 'href="/policies/compare/?topic=computing"' in body
        offered = client.get("/policies/compare/?topic=computing").content.decode()
        for policy in (library.law, library.plan):
            assert f'name="policy" value="{policy.slug}"' in offered
        assert client.get("/policies/compare/?topic=%00").status_code == 200

    def test_cells_of_no_government_lead_to_them(self, client, library):
        Policy.objects.filter(pk=library.plan.pk).update(level="none", region=None)
        assert 'href="/policies/?topic=computing&amp;level=none"' in client.get("/topics/").content.decode()


class TestTargets:
    def test_lead_to_their_clause(self, client, library):
        assert f'href="{library.plan.get_absolute_url()}#sec_1"' in client.get("/targets/").content.decode()


class TestErrors:
    def test_an_unknown_address_says_so_in_chinese(self, client, db):
        response = client.get("/nirgends/")
        assert response.status_code == 404
        assert "没有这一页" in response.content.decode()

    def test_an_error_of_ours_needs_nothing_but_its_file(self, client, db, monkeypatch):
        monkeypatch.setattr("policies.views.topics.Topic.objects", None)
        client.raise_request_exception = False
        response = client.get("/topics/")
        assert response.status_code == 500
        assert "网站出错了" in response.content.decode()

    def test_a_request_that_makes_no_sense_is_told_so(self, client, db):
        response = client.get("/", HTTP_HOST="elsewhere.example")
        assert response.status_code == 400
        assert "请求有误" in response.content.decode()

    def test_a_form_without_its_token_is_refused_in_chinese(self, db):
        response = Client(enforce_csrf_checks=True).post("/login/", {"username": "x", "password": "y"})
        assert response.status_code == 403
        assert "请重新提交" in response.content.decode()

    def test_a_huge_issue_number_is_not_found(self, client, db):
        assert client.get("/issues/99999999999999999999-1/").status_code == 404


def test_login_leads_an_editor_on_and_out_again(client, editor, library):
    response = client.post("/login/", {"username": "editor", "password": "wrong"})
    assert "用户名或密码不对" in response.content.decode()
    response = client.post("/login/", {"username": "editor", "password": "secret", "next": "/policies/"})
    assert response.headers["Location"] == "/policies/"
    assert "退出登录" in client.get("/policies/").content.decode()
    assert client.post("/logout/").headers["Location"] == "/"


class TestLinks:
    def test_citations_in_the_text_are_links(self, client, library):
        body = client.get(library.plan.get_absolute_url()).content.decode()
        link = f'依据<a href="{library.law.get_absolute_url()}">《青川省数字经济促进条例》</a>推进建设。'
        assert link in body

    def test_a_citation_is_marked_inside_its_link(self, client, library):
        body = client.get(library.plan.get_absolute_url(), {"q": "依据《青川"}).content.decode()
        assert "<mark>依据</mark>" in body
        assert '><mark class="on">《青川</mark>省数字经济促进条例》</a>' in body

    def test_paragraphs_that_are_cited_have_anchors(self, client, library):
        article = library.law.provisions.get(eid="chp_1__art_2")
        Reference.objects.create(
            policy=library.law, provision=article, line=5, rule="test", quote="前款", cited_clause=article,
            cited_fragment="chp_1__art_2__para_1",
        )  # fmt: skip
        article.text = "县级以上人民政府应当加强领导。\n省数据局依照前款统筹协调。"
        article.save()
        body = client.get(library.law.get_absolute_url()).content.decode()
        assert '<p id="chp_1__art_2__para_1">' in body
        assert '依照<a href="#chp_1__art_2__para_1">前款</a>统筹协调' in body

    def test_the_paragraph_after_a_list_counts_on(self, client, library):
        body = client.get(library.law.get_absolute_url()).content.decode()
        assert re.search(
            r'<p id="chp_2__art_3__para_1">建设下列设施.*<p id="chp_2__art_3__para_2">前款设施', body, re.DOTALL
        )

    def test_other_editions_are_named_to_those_who_may_read_them(self, client, library):
        Edition.objects.create(earlier=library.draft, later=library.plan, relation="draft_of")
        assert "另见" not in text_of(client.get(library.plan.get_absolute_url()))
        Policy.objects.filter(pk=library.draft.pk).update(state="published", status="draft")
        assert "另见 征求意见稿： 云岭市草稿方案" in text_of(client.get(library.plan.get_absolute_url()))
        assert "另见 正式文本： 青川省算力行动方案" in text_of(client.get(library.draft.get_absolute_url()))

    def test_an_agency_shows_those_before_and_after_it(self, client, library):
        before = Agency.objects.create(name="青川省大数据管理局")
        hidden = Agency.objects.create(name="未核对的单位", known=False)
        Succession.objects.create(predecessor=before, successor=library.bureau, date=date(2024, 3, 1), note="机构改革")
        Succession.objects.create(predecessor=hidden, successor=library.bureau)
        words = text_of(client.get(library.bureau.get_absolute_url()))
        assert "前身 青川省大数据管理局 （2024年3月1日，机构改革）" in words
        assert "未核对的单位" not in words
        assert "后继 青川省数据局" in text_of(client.get(before.get_absolute_url()))
