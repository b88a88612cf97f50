"""Examples for the OpenAPI document.  Every word of them is invented."""

from typing import Any

from policies.api.examples import API, UPDATED

_ID, _BATCH = "3f0c1d9e-6a52-4b7c-9b1e-5d2f8a7c4e10", "8d5b2a77-1c4e-4f0a-a3d6-0e9b7f6c2d31"
_ISSUE = {
    "id": 3, "year": 2031, "number": 1, "url": f"{API}/issues/2031-1/",
    "page_url": "https://example.org/issues/2031-1/",
}  # fmt: skip
RUN: dict[str, Any] = {
    "id": _ID, "filename": "2031年第1期.txt", "size": 180211, "sha256": "a" * 64, "state": "waiting", "step": "load",
    "outcome": None, "message": "2031年第1期已在库中，这个文件是另一个版本，等待确认是否采用。",
    "counts": {"lines": 610, "policies": 9}, "settled": True, "attempts": 1, "created_by": "小林", "accepted_by": None,
    "created_at": UPDATED, "queued_at": UPDATED, "started_at": UPDATED, "finished_at": UPDATED, "indexed_at": None,
    "issue": _ISSUE, "policy": None, "batch": None, "url": f"{API}/runs/{_ID}/",
    "page_url": f"https://example.org/desk/runs/{_ID}/",
}  # fmt: skip
WHOLE_RUN = RUN | {
    "steps": [
        {"step": "read", "label": "读取", "state": "done", "note": "", "seconds": 0.1},
        {"step": "parse", "label": "拆分", "state": "done", "note": "", "seconds": 2.4},
        {"step": "check", "label": "检查", "state": "done", "note": "", "seconds": 0.2},
        {"step": "load", "label": "入库", "state": "held", "note": "", "seconds": 1.9},
        {"step": "index", "label": "索引", "state": "waiting", "note": "", "seconds": None},
    ],
    "events": [{"at": UPDATED, "step": "read", "message": "开始读取。"}],
    "doubts": {"unsettled": 4, "must_fix": 1},
    "changes": {
        "policies": [
            {
                "title": "浙江省数字驿站行动计划",
                "change": "changed",
                "kinds": [
                    {
                        "kind": "目标", "added": 0, "removed": 0, "changed": 1, "more": 0,
                        "rows": [
                            {"change": "changed", "where": "二/（一）/1", "before": "数字驿站 ≥ 3000 个 2033",
                             "after": "数字驿站 ≥ 3200 个 2033"}
                        ],
                    }
                ],
            }
        ],
        "unchanged": 8,
        "published": True,
    },
}  # fmt: skip
_QUEUED = RUN | {
    "state": "queued", "step": None, "message": None, "counts": {}, "settled": False, "attempts": 0,
    "started_at": None, "finished_at": None, "issue": None,
}  # fmt: skip
UPLOADED = {"runs": [_QUEUED], "refused": [], "batch": None}
BATCH = {
    "id": _BATCH, "created_by": "小林", "created_at": UPDATED,
    "progress": {"done": 4, "steps": 5, "settled": False}, "runs": [RUN | {"batch": _BATCH}],
    "refused": [{"name": "封面.png", "reason": "这是图片，没有可读的文字。"}], "url": f"{API}/batches/{_BATCH}/",
    "page_url": f"https://example.org/desk/batches/{_BATCH}/",
}  # fmt: skip
