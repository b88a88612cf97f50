from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "系统"
    default = True


class AdminConfig(admin.AdminConfig):
    """Django's admin, with the site of config/admin.py."""

    default_site = "config.admin.Site"
    default = False
