"""An answer as JSON: the shape that the API and `manage.py search --json` share."""

from typing import Any

from search.results import Answer, ClauseHit


def as_json(answer: Answer) -> dict[str, Any]:
    """Offsets in `highlights` count the characters of `text`; those of a message, of `query`."""
    return {
        "query": answer.asked.text,
        "total": answer.total,
        "policies": answer.policies,
        "page": answer.page,
        "page_size": answer.page_size,
        "pages": answer.pages,
        "loose": answer.loose,
        "messages": [{"text": m.text, "start": m.start, "end": m.end} for m in answer.messages],
        "hits": [_hit(hit) for hit in answer.hits],
        "facets": {
            facet.name: [
                {"value": v.value, "label": v.label, "count": v.count, "selected": v.selected} for v in facet.values
            ]
            for facet in answer.facets
        },
    }


def _hit(hit: ClauseHit) -> dict[str, Any]:
    provision, policy = hit.provision, hit.policy
    return {
        "id": provision.pk,
        "policy": {
            "id": policy.pk,
            "slug": policy.slug,
            "title": policy.title,
            "kind": policy.kind,
            "level": policy.level,
            "region": policy.region.name if policy.region else None,
            "region_code": policy.region_id,
        },
        "eid": provision.eid,
        "path": provision.path,
        "type": provision.type,
        "label": provision.label or None,
        "heading": provision.heading or None,
        "text": hit.text,
        "highlights": [list(place) for place in hit.highlights],
        "snippet": str(hit.snippet),
        "score": round(hit.score, 4),
        "page_url": hit.url,
    }
