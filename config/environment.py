"""What the environment says, refused in a sentence where it cannot be meant."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

# How long a server is waited for that does not answer: seconds of a connection being made, and of one whose machine
# is gone (milliseconds in the last).  An address may say otherwise, as libpq's parameters.
WAITS = {
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 30_000,
}
SCHEMES = ("postgres://", "postgresql://")
SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


class Environment(environ.Env):
    def number(self, name: str, *, default: int, least: int = 0) -> int:
        """A whole number of `least` or more; `default` where it is empty or not set.  Raises ImproperlyConfigured."""
        given = self.str(name, default="") or str(default)
        try:
            number = int(given)
        except ValueError:
            number = least - 1
        if number < least:
            raise ImproperlyConfigured(f"{name}={given} 应是不小于 {least} 的整数。")
        return number

    def switch(self, name: str, *, default: bool) -> bool:
        """Whether it is on; `default` where it is empty or not set.  Raises ImproperlyConfigured."""
        given = self.str(name, default="")
        if given and given.lower() not in SWITCH:
            raise ImproperlyConfigured(f"{name}={given} 应是 1（是）或 0（否）。")
        return SWITCH[given.lower()] if given else default

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of these; the first where it is empty or not set.  Raises ImproperlyConfigured."""
        given = self.str(name, default="") or choices[0]
        if given not in choices:
            raise ImproperlyConfigured(f"{name}={given} 不能用，可用的有：{'、'.join(choices)}。")
        return given

    def database(self, name: str) -> dict[str, Any]:
        """Django's settings for the PostgreSQL at this address.

        Raises ImproperlyConfigured, without a word of the address: it may hold a password.
        """
        address = self.str(name)
        try:
            found = self.db_url_config(address) if address.startswith(SCHEMES) else {}
        except ValueError:  # which quotes it
            found = {}
        if not found.get("NAME") or "@" in found["NAME"]:
            raise ImproperlyConfigured(
                f"{name} 应写作 postgres://用户:密码@主机:5432/库名；密码里的 / ? # @ : % 用百分号编码，如 / 写作 %2F。"
            )
        return found | {"ENGINE": "config.postgresql", "OPTIONS": WAITS | found.get("OPTIONS", {})}
