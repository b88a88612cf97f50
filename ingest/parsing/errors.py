"""How parsing fails."""


class ParsingError(Exception):
    """A text that is neither an issue nor a single document; the message is Chinese, for whoever supplied it."""
