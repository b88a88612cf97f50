"""`manage.py verify`: what holds, what is wrong and where, and what can be put right."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policies.models import Policy
from search import indexing
from tests.verifying import make_base


def verified(**options) -> tuple[str, str]:
    """What the command prints, and what it fails with."""
    out, failure = StringIO(), ""
    try:
        call_command("verify", stdout=out, **options)
    except CommandError as error:
        failure = str(error)
    return out.getvalue(), failure


@pytest.mark.django_db(transaction=True)
def test_a_sound_base_passes_and_a_broken_one_is_told_and_repaired(settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "index"
    make_base()
    indexing.rebuild()
    told, failure = verified()
    assert failure == ""
    assert "✗" not in told
    assert "全部相符：1 期、8 份政策" in told

    policy = Policy.objects.exclude(provisions=None).first()
    assert policy
    policy.provisions.update(topics=["nothing"])  # past the program: neither index nor feed heard of it
    Policy.objects.filter(pk=policy.pk).update(title="改了标题")
    told, failure = verified()
    assert "3 项不符" not in failure
    for said in (
        "✗ 引用和版本与所指的文件相符：1 处",
        "✗ 公开变更与读者所见一致",
        f"政策 {policy.pk}（{policy.slug}）与数据库不同",
    ):
        assert said in told
    assert f"{policy.slug}#" in told
    assert "    …… 另有 " in told
    assert "manage.py verify --repair" in failure

    told, failure = verified(repair=True)
    assert "已修复：检索索引与数据库一致（1 处）" in told
    again = told.partition("再核对一遍")[2]
    assert again.count("✗") == 1  # topics that are not there: nobody knows which were meant
    assert "没有主题 nothing" in again
    assert "1 项不符" in failure

    policy.provisions.update(topics=[])
    verified(repair=True)
    assert verified()[1] == ""
