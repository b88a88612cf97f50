"""One file's records become rows, all of them or none."""

from collections.abc import Callable, Collection, Sequence
from functools import reduce
from operator import and_
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection
from django.db.models import Model, Q, QuerySet

from ingest.loading.agencies import forget_agencies, link_successions, store_agencies, store_issuers
from ingest.loading.decisions import Decisions, as_stored, is_decided
from ingest.loading.doubts import keep_standing, store_doubts
from ingest.loading.extracted import Old, store_extracted, stored_rows
from ingest.loading.insert import longest, reason
from ingest.loading.policies import pair, store_contents, store_policies, store_topics
from ingest.loading.provisions import store_provisions
from ingest.loading.report import LoadingError, LoadReport, OtherVersionError, Outcome, report_on
from ingest.loading.rows import Document
from ingest.parsing.gazetteer import Gazetteer
from ingest.reading import Reading
from ingest.records import ParsedFile, as_json
from policies.actions.link_editions import link_editions
from policies.actions.resolve_references import resolve_references
from policies.history import event_model, recording
from policies.models import Action, Doubt, Issue, Policy, Provision, Source, State
from policies.models.extracted import Review
from policies.publishing import PUBLISH
from policies.selectors.agencies import agencies_of
from policies.turns import take_turn

Row = TypeVar("Row", bound=Model)
HEAD = 40  # characters of a clause that tell whether a file has it


def load(
    parsed: ParsedFile,
    reading: Reading,
    *,
    filename: str,
    sha256: str,
    gazetteer: Gazetteer,
    replace: bool = False,
    compared: Collection[str] | None = None,
    once: bool = False,
    user: User | None = None,
) -> LoadReport:
    """Write a file's records in one transaction and note the policies for the index.

    The same bytes change nothing and are reported UNCHANGED, unless `replace`; with `once` nor do bytes that are
    GONE.  Other bytes for an issue, or a document, that is there are refused, unless `replace`; what readers see is
    replaced for those alone who may publish, and for the system (`user` None), and with `compared` only what came from
    these sources (sha256), which somebody saw beside this file.  Policies keep their slugs and provisions their ids,
    found again as `ingest.loading.policies.pair` says, and so do extracted rows that say the same.  What editors
    decided stays; where it no longer fits, a doubt tells of it.  Loads take turns, so that two of the same issue end
    with it loaded once.

    Raises LoadingError, for other bytes its OtherVersionError; then nothing was written.
    """
    try:
        with recording(Action.Verb.INGEST, _what(parsed, filename), user=user):
            take_turn()
            known = None if replace else find_loaded(sha256, once=once)
            if known:
                return known
            return _Load(parsed, reading, filename, sha256, gazetteer, replace, compared, user).run()
    except (IntegrityError, DataError) as error:
        raise LoadingError(f"记录不符合数据库的约束（{reason(error)}），没有入库。") from error


def find_loaded(sha256: str, *, once: bool = False) -> LoadReport | None:
    """The report on these bytes if they are in the base already; with `once` also, as GONE, if they ever were."""
    source = Source.objects.filter(sha256=sha256).defer("text", "segments").first()
    if source:
        issue = source.issues.first()
        policies = list(issue.policies.all() if issue else source.policies.order_by("order"))
        if issue or policies:
            return report_on(Outcome.UNCHANGED, issue, policies)
    if once and event_model(Source).objects.filter(sha256=sha256).exists():
        return report_on(Outcome.GONE, None, [])
    return None


class _Load:
    """One load: what is in the file, and what the base has of it already."""

    def __init__(
        self,
        parsed: ParsedFile,
        reading: Reading,
        filename: str,
        sha256: str,
        gazetteer: Gazetteer,
        replace: bool,
        compared: Collection[str] | None,
        user: User | None,
    ):
        self.parsed, self.reading, self.filename, self.sha256 = parsed, reading, filename, sha256
        self.gazetteer, self.replace, self.compared, self.user = gazetteer, replace, compared, user
        self.warnings = list(parsed.warnings)

    def run(self) -> LoadReport:
        old_issues, old_policies = self._earlier()
        self._check_replaceable([*old_issues, *old_policies])
        abandoned = {issue.source_id for issue in old_issues} | {policy.source_id for policy in old_policies}
        old_agencies = agencies_of(policy.pk for policy in old_policies)
        old_rows = stored_rows(old_policies)
        went = self._went(old_policies)
        source = self._store_source()
        issue = self._store_issue(old_issues, source)
        decisions = Decisions(issue)
        pairs = pair(self.parsed.policies, old_policies, source)
        gone = [policy for policy in old_policies if policy not in pairs.values()]
        policies = store_policies(self.parsed.policies, pairs, issue, source, decisions, self.warnings)
        self._fill(policies, issue, old_rows, went, decisions)
        _lose(gone, old_rows, decisions)
        self._delete(gone, [old for old in old_issues if old != issue], issue)
        Source.objects.filter(pk__in=abandoned, issues=None, policies=None).delete()
        forget_agencies(old_agencies)
        ids, old_titles = [policy.pk for policy in policies], {policy.title_key for policy in old_policies}
        resolve_references(ids, titles=old_titles)
        link_editions(ids, titles=old_titles)
        self._keep_warnings(issue, policies, decisions)
        connection.check_constraints()  # now, not at the commit, where nobody could say what was wrong
        outcome = Outcome.REPLACED if old_issues or old_policies else Outcome.LOADED
        return report_on(outcome, issue, policies, kept=decisions.kept, lost=decisions.lost)

    def _earlier(self) -> tuple[list[Issue], list[Policy]]:
        """What an earlier load made of this file, of this issue, or of these documents.

        Locked until the end of the load, which writes whole rows: what somebody publishes meanwhile
        would be a draft again.
        """
        record = self.parsed.issue
        this_issue = Q(source__sha256=self.sha256)
        if record:
            this_issue |= Q(year=record.year, number=record.number)
        issues = list(_locked_with_source(Issue.objects.filter(this_issue)))
        these = Q(issue__in=issues) | Q(source__sha256=self.sha256)
        if not record:
            for document in self.parsed.policies:
                dates = {"issued_on": document.issued_on, "adopted_on": document.adopted_on}  # others: an amended text
                facts = {"title": document.title, "region": document.region_code, **dates}
                these |= Q(issue=None) & reduce(and_, (_read(name, value) for name, value in facts.items()))
                if document.doc_number:
                    these |= Q(issue=None) & _read("doc_number", document.doc_number)
        return issues, list(_locked_with_source(Policy.objects.filter(these)))

    def _check_replaceable(self, earlier: Sequence[Issue | Policy]) -> None:
        """Raise OtherVersionError for what this load may not replace: asked here, nobody publishes it meanwhile."""
        may_publish = self.user is None or self.user.has_perm(PUBLISH)
        for there in earlier:
            refused = there.source.sha256 != self.sha256
            if self.replace:
                unseen = refused and self.compared is not None and there.source.sha256 not in self.compared
                refused = unseen or (there.state == State.PUBLISHED and not may_publish)
            if refused:
                name = str(there) if isinstance(there, Issue) else f"《{there}》"
                raise OtherVersionError(f"{name}已在库中（来自 {there.source.filename}）")

    def _store_source(self) -> Source:
        return Source.objects.update_or_create(
            sha256=self.sha256,
            defaults={
                "filename": self.filename[-255:],
                "format": self.reading.format,
                "encoding": self.reading.encoding,
                "text": "\n".join(self.reading.lines),
                "characters": self.parsed.coverage.characters,
                "segments": as_json(self.parsed.coverage.segments),
            },
        )[0]

    def _store_issue(self, old: Sequence[Issue], source: Source) -> Issue | None:
        record = self.parsed.issue
        if record is None:
            return None
        if record.year is None or record.number is None:
            raise LoadingError("刊头里没有找到年份和期号，不知道这是哪一期，没有入库。")
        same = [issue for issue in old if (issue.year, issue.number) == (record.year, record.number)]
        issue = (same or [*old, Issue()])[0]
        issue.year, issue.number = record.year, record.number
        issue.total_number = record.total_number
        issue.published_on = record.published_on
        issue.cover_title = (record.cover_title or "")[: longest(Issue, "cover_title")]
        issue.publisher = (record.publisher or "")[: longest(Issue, "publisher")]
        issue.source = source
        issue.save()
        return issue

    def _went(self, old: Sequence[Policy]) -> Callable[[str], bool]:
        """Whether words that an old file had are not in this one, as their beginning tells."""
        added = Provision.objects.filter(policy__in=old, review__in=(Review.ADDED, Review.REJECTED))
        texts = Source.objects.filter(pk__in=added.values("policy__source")).values_list("text", flat=True)
        before = "".join("".join(text.split()) for text in texts)
        now = "".join("".join(line.split()) for line in self.reading.lines) if before else ""

        def went(words: str) -> bool:
            head = "".join(words.split())[:HEAD]
            return head in before and head not in now

        return went

    def _fill(
        self,
        policies: Sequence[Policy],
        issue: Issue | None,
        old_rows: Old,
        went: Callable[[str], bool],
        decisions: Decisions,
    ) -> None:
        """All that hangs on the policies."""
        agencies = store_agencies(self.parsed.policies, self.gazetteer, self.warnings)
        link_successions(agencies.values(), self.gazetteer)
        pairs = list(zip(policies, self.parsed.policies, strict=True))
        places, gone = store_provisions(pairs, went, decisions, self.warnings)
        for policy, record in pairs:
            store_issuers(policy, record, agencies)
        store_topics(pairs, self.warnings)
        documents = [Document(policy, record, places[policy.pk], agencies.keys()) for policy, record in pairs]
        store_extracted(documents, old_rows, self.reading.lines, agencies, decisions, self.warnings)
        if gone:
            Provision.objects.filter(pk__in=gone).delete()
        if issue and self.parsed.issue:
            store_contents(issue, self.parsed.issue, policies, self.warnings)

    def _delete(self, policies: Sequence[Policy], issues: Sequence[Issue], issue: Issue | None) -> None:
        """Let go what the file no longer has, but not what was said of decisions."""
        keep_standing(policies, issues, issue)
        Policy.objects.filter(pk__in=[policy.pk for policy in policies]).delete()
        Issue.objects.filter(pk__in=[old.pk for old in issues]).delete()

    def _keep_warnings(self, issue: Issue | None, policies: Sequence[Policy], decisions: Decisions) -> None:
        """Make the doubts of the issue, or of documents that stand alone, this load's; what was settled stays so."""
        by_order = {policy.order: policy for policy in policies}
        lines = self.reading.lines
        found = [
            Doubt(
                issue=issue,
                policy=by_order.get(warning.order or 0) or (None if issue else policies[0]),
                code=warning.code,
                line=warning.line,
                message=warning.message,
                words=lines[warning.line - 1] if 0 < warning.line <= len(lines) else "",
            )
            for warning in sorted(self.warnings, key=lambda warning: warning.line)
        ]
        old = Doubt.objects.filter(issue=issue) if issue else Doubt.objects.filter(policy__in=policies)
        store_doubts(found, old)
        for doubt in decisions.doubts:
            doubt.policy = doubt.policy or (None if issue else policies[0])
        Doubt.objects.bulk_create(decisions.doubts)


def _lose(policies: Sequence[Policy], rows: Old, decisions: Decisions) -> None:
    """Tell of what editors decided in policies that go."""
    for policy in policies:
        provisions = policy.provisions.exclude(review=Review.MACHINE).order_by("position")
        extracted = (stored.row for of_model in rows.values() for stored in of_model[policy.pk])
        for row in (policy, *provisions, *extracted):
            if is_decided(row):
                decisions.lose_with(policy, row)


def _read(name: str, value: Any) -> Q:
    """Policies of which the machine reads this fact, or read it before an editor corrected it."""
    return Q(**{name: value}) | Q(**{f"original__{name}": as_stored(value)})


def _what(parsed: ParsedFile, filename: str) -> str:
    """What the file brings, in a few words."""
    issue = parsed.issue
    name = f"{issue.year}年第{issue.number}期" if issue else f"《{parsed.policies[0].title}》"
    return f"{name}（{filename}）"


def _locked_with_source(rows: QuerySet[Row]) -> QuerySet[Row]:
    rows = rows.select_related("source").defer("source__text", "source__segments")
    return rows.select_for_update(of=("self",)).order_by("pk")
