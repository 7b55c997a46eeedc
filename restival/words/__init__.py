"""The one catalogue of all texts that people read. The words in the code are English and are the keys."""

from restival.words.catalogue import LANGUAGES, language, t, tn, use_language

__all__ = ["LANGUAGES", "language", "t", "tn", "use_language"]
