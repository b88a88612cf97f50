"""Production: where SITE_URL begins with https://.  There nothing secret is made up or kept in a file of our own."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50  # characters, as Django's own check demands


def is_production(site_url: str) -> bool:
    """Whether the site is for others than the one at this machine.  Raises ImproperlyConfigured for no address."""
    try:
        parts = urlsplit(site_url)
        understood = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # half an IPv6 address
        understood = False
    if not understood:
        raise ImproperlyConfigured(f"SITE_URL={site_url} 不是网址，应写作 https://policy.example.org。")
    return parts.scheme == "https"


def demand(environment: Mapping[str, str], trusted_proxies: int) -> None:
    """Raise ImproperlyConfigured unless the environment says what no default may stand for, telling all that lacks.

    SECRET_KEY and DATABASE_URL hold secrets; without a trusted proxy nothing could tell that a request came by https,
    and each would be sent to https for ever.
    """
    faults = [f"没有设置 {name}" for name in ("SECRET_KEY", "DATABASE_URL") if not environment.get(name)]
    if environment.get("SECRET_KEY") and len(environment["SECRET_KEY"]) < SHORTEST_SECRET:
        faults.append(f"SECRET_KEY 不足 {SHORTEST_SECRET} 个字符")
    if not trusted_proxies:
        faults.append("没有设置 TRUSTED_PROXIES（https 由前面的代理提供，至少为 1）")
    if faults:
        raise ImproperlyConfigured(
            f"SITE_URL 以 https:// 开头，即正式环境，但{'；'.join(faults)}。各项设置见 docs/settings.md。"
        )


def host_of(site_url: str) -> str:
    """The host's name, by which the site is asked."""
    return urlsplit(site_url).hostname or ""


def origin_of(site_url: str) -> str:
    """What a browser's Origin says of the site's own pages: scheme, host and port in lower case, and no path."""
    parts = urlsplit(site_url.lower())
    return f"{parts.scheme}://{parts.netloc}"
