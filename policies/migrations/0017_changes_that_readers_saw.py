from django.db import migrations, models

# What readers see already; the digest of nothing makes the next change of a policy tell of all its records.
PUBLISHED = """
INSERT INTO policies_publicchange (kind, record, policy, operation, digest, at)
SELECT kind, record, policy, 'created', '00000000-0000-0000-0000-000000000000', statement_timestamp() FROM (
    SELECT 1, 'issues', id, NULL FROM policies_issue WHERE state = 'published'
    UNION ALL SELECT 2, 'policies', id, id FROM policies_policy WHERE state = 'published'
    UNION ALL SELECT 3, 'agencies', id, NULL FROM policies_agency WHERE merged_into_id IS NULL AND (known
        OR id IN (SELECT i.agency_id FROM policies_issuer i JOIN policies_policy p ON p.id = i.policy_id
                  WHERE p.state = 'published')
        OR id IN (SELECT a.agency_id FROM policies_responsibleagency a
                  JOIN policies_responsibility r ON r.id = a.responsibility_id AND r.review <> 'rejected'
                  JOIN policies_policy p ON p.id = r.policy_id WHERE p.state = 'published'))
    {rows}
) AS there (turn, kind, record, policy) ORDER BY turn, record
"""
ROWS = """
    UNION ALL SELECT 4, '{kind}', t.id, t.policy_id FROM policies_{table} t
    JOIN policies_policy p ON p.id = t.policy_id AND p.state = 'published' {condition}
"""
TABLES = {
    "provisions": "provision",
    "targets": "target",
    "responsibilities": "responsibility",
    "obligations": "obligation",
    "references": "reference",
    "tables": "table",
    "observations": "observation",
}
REVIEWED = "AND t.review <> 'rejected'"
ALL_ROWS = "".join(
    ROWS.format(kind=kind, table=table, condition="" if table == "table" else REVIEWED)
    for kind, table in TABLES.items()
)


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0016_request_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('issues', '期'), ('policies', '政策'), ('provisions', '条款'), ('targets', '目标'), ('responsibilities', '责任'), ('obligations', '义务'), ('references', '引用'), ('tables', '表'), ('observations', '统计值'), ('agencies', '部门')], max_length=16, verbose_name='种类')),
                ('record', models.BigIntegerField(verbose_name='记录')),
                ('policy', models.BigIntegerField(null=True, verbose_name='政策')),
                ('operation', models.CharField(choices=[('created', '新增'), ('updated', '更新'), ('removed', '移除')], max_length=7, verbose_name='操作')),
                ('digest', models.UUIDField(null=True, verbose_name='摘要')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '公开的变更',
                'verbose_name_plural': '公开的变更',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['kind', 'record', '-id'], name='public_change_record'), models.Index(fields=['policy', 'kind'], name='public_change_policy')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('digest', None), ('operation', 'removed')), models.Q(('digest__isnull', False), ('operation__in', ['created', 'updated'])), _connector='OR'), name='public_change_operation')],
            },
        ),
        migrations.RunSQL(PUBLISHED.format(rows=ALL_ROWS), migrations.RunSQL.noop),
    ]
