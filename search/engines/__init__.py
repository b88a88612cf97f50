"""The engines, by the name that SEARCH_ENGINE gives."""

from search.engines.base import Engine
from search.engines.tantivy import TantivyEngine
from search.engines.whoosh import WhooshEngine

ENGINES: dict[str, type[Engine]] = {engine.name: engine for engine in (WhooshEngine, TantivyEngine)}
