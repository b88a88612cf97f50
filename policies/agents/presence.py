"""What a word of an agent means in the base; where it means nothing, whether that is *not found* or *not loaded*.

*Not found* is what the base would have if it existed: an article of a policy that is loaded whole, a place that
the gazetteer does not have.  *Not loaded* is what is known to exist without being here: a document that others
cite, an issue that was not taken in, a region of which there is no policy.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from policies.agents import records
from policies.api.errors import InvalidParameters
from policies.api.lookups import find_regions, issue_key, policy_key
from policies.cited_places import read_place
from policies.models import Agency, ContentsEntry, Issue, Policy, Provision, Reference, Region
from policies.selectors.agencies import met_agencies, shown_agencies
from policies.selectors.directory import called_so
from policies.selectors.policies import listed_policies, within
from policies.selectors.records import standing
from policies.titles import Title, TitleReader

READER = AnonymousUser()  # agents read what every reader may
MOST_CITING = 5
LAST_OF_YEAR = 53  # issues of a weekly


class NoAnswerError(Exception):
    """There is nothing to tell; `answer` is what an agent is told instead, its `status` says why."""

    def __init__(self, status: str, what: str, asked: str, message: str, **more: Any):
        self.answer = {"status": status, "what": what, "asked": asked, "message": message, **more}
        super().__init__(message)


def no_page(page: int, pages: int, total: int) -> NoAnswerError:
    return NoAnswerError("invalid", "page", str(page), f"没有第 {page} 页；共 {pages} 页，{total} 条。")


def find_policy(words: str) -> Policy:
    """The policy of that id, slug or title; raises NoAnswerError, also where several are called so."""
    readable = listed_policies(READER)
    if found := readable.filter(policy_key(words)).first():
        return found
    reader, title = _read(words)
    found = [policy for policy in readable.filter(title_key=title.key) if _alike(title, reader.read(policy.title))]
    exact = [policy for policy in found if policy.title == words.strip("《》")]
    if title.key and (len(found) == 1 or len(exact) == 1):
        return (exact or found)[0]
    if title.key and found:
        listed = [records.policy(policy) for policy in found]
        raise NoAnswerError("several", "policy", words, "有多篇政策叫这个名称，请用 slug 指明。", policies=listed)
    if mentions := mentions_of(words):
        message = f"《{words.strip('《》')}》为人所知，但没有收录在库中。"
        raise NoAnswerError("not_loaded", "policy", words, message, known_from=mentions)
    message = f"库中没有“{words}”这篇政策，已收录的文件也没有提到它；可以是 slug、id 或完整标题。"
    raise NoAnswerError("not_found", "policy", words, message)


def mentions_of(words: str) -> list[dict[str, Any]]:
    """Where a document of that title that is not in the base is cited, or announced in a contents list."""
    reader, title = _read(words)
    if not title.key:
        return []
    citing = standing(Reference.objects.all(), READER).filter(title_key=title.key)
    rows = citing.exclude(cited_policy__in=Policy.objects.visible_to(READER))
    rows = rows.select_related("policy__region", "provision").order_by("policy_id", "line", "pk")
    found = [records.reference(row) for row in rows if _alike(title, reader.read(row.title))][:MOST_CITING]
    issues = Issue.objects.visible_to(READER)
    unread = ContentsEntry.objects.filter(issue__in=issues).exclude(policy__in=Policy.objects.visible_to(READER))
    entries = [(entry, reader.read(entry.title)) for entry in unread.select_related("issue")]
    announced = [entry for entry, other in entries if other.key == title.key and _alike(title, other)]
    return found + [records.contents_entry(entry) for entry in announced[:MOST_CITING]]


def find_clause(policy: Policy, words: str) -> Provision:
    """The provision of that eid, or the article that words such as 第三条 name; raises NoAnswerError."""
    rows = policy.provisions.standing().select_related("policy__region")
    if found := rows.filter(eid=words).first():
        return found
    told = records.policy(policy)
    article = read_place(words).units.get("条", "")
    if article:
        named = rows.filter(Q(eid=f"art_{article}") | Q(eid__endswith=f"__art_{article}")).order_by("position").first()
        if named:
            return named
        mentions = _mentions_of_article(policy, article)
        if mentions:
            message = f"有文件引用《{policy.title}》的这一条，但收录的文本中没有它。"
            raise NoAnswerError("not_loaded", "clause", words, message, policy=told, known_from=mentions)
    clauses = policy.provisions.clauses().count()
    message = f"《{policy.title}》已收录，共 {clauses} 个条款，其中没有“{words}”；各条款的 eid 见工具 policy。"
    raise NoAnswerError("not_found", "clause", words, message, policy=told)


def loaded_regions(words: str) -> list[Region]:
    """The regions of that code or name of which, or of whose places, there are policies; raises NoAnswerError."""
    try:
        regions = find_regions(words)
    except InvalidParameters as error:
        message = f"没有“{words}”这个地区；可以是六位代码（如 330000）、全称或简称。"
        raise NoAnswerError("not_found", "region", words, message) from error
    loaded = [region for region in regions if Policy.objects.visible_to(READER).filter(within(region)).exists()]
    if not loaded:
        listed = [records.region(region, 0) for region in regions]
        raise NoAnswerError("not_loaded", "region", words, f"库中还没有{words}的政策。", regions=listed)
    return loaded


def find_issue(words: str) -> Issue:
    """The issue of that year and number, 2023-48, or id; raises NoAnswerError."""
    key = issue_key(words)
    if key is None:
        raise NoAnswerError("invalid", "issue", words, f"看不懂“{words}”：期应为年份与期号，如 2023-48。")
    issues = Issue.objects.visible_to(READER)
    if found := issues.filter(key).first():
        return found
    year, dash, number = words.partition("-")
    if not dash or not 1949 <= int(year) <= 2199 or not 1 <= int(number) <= LAST_OF_YEAR:
        raise NoAnswerError("not_found", "issue", words, f"没有“{words}”这一期；应为年份与期号，如 2023-48。")
    first, last = issues.order_by("year", "number").first(), issues.order_by("year", "number").last()
    span = f"已收录 {issues.count()} 期，从{first}到{last}" if first else "一期也没有收录"
    raise NoAnswerError("not_loaded", "issue", words, f"{year}年第{number}期没有收录；{span}。")


def find_agencies(words: str) -> QuerySet[Agency]:
    """The agencies of that id, or that have each of the words in one of their names; raises NoAnswerError."""
    shown = shown_agencies(READER)
    keys = {int(words)} if words.isascii() and words.isdecimal() and len(words) < 19 else called_so(shown, words)
    found = shown.filter(pk__in=keys)
    if not words.strip() or not found.exists():
        raise NoAnswerError("not_found", "agency", words, f"没有叫“{words}”的部门。")
    return found


def loaded_agencies(words: str) -> QuerySet[Agency]:
    """Those of `find_agencies` that have a task in, or issued, what is in the base; raises NoAnswerError."""
    found = find_agencies(words)
    met = met_agencies(READER).filter(pk__in=found)
    if not met.exists():
        listed = [records.agency(agency) for agency in found.select_related("region").order_by("name")[:MOST_CITING]]
        message = f"“{words}”是已知的部门，但已收录的政策没有给它任务，也没有由它发布的。"
        raise NoAnswerError("not_loaded", "agency", words, message, agencies=listed)
    return met


def _mentions_of_article(policy: Policy, article: str) -> list[dict[str, Any]]:
    rows = standing(Reference.objects.all(), READER).filter(cited_policy=policy, cited_clause=None)
    rows = rows.exclude(cited_provision="").select_related("policy__region", "provision").order_by("policy_id", "line")
    cited: Iterable[Reference] = (row for row in rows if read_place(row.cited_provision).units.get("条") == article)
    return [records.reference(row) for row in cited][:MOST_CITING]


def _read(words: str) -> tuple[TitleReader, Title]:
    reader = TitleReader(Region.objects.values_list("code", "name", "short_name"))
    return reader, reader.read(words.strip().strip("《》"))


def _alike(one: Title, other: Title) -> bool:
    """Whether two titles of one key may be of one document: neither names a place that the other does not."""
    return not one.places or not other.places or bool(one.places & other.places)
