"""Secret answers on their way: encrypted from the app that checks them to the action that gets them."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, partial

from cryptography.fernet import Fernet, InvalidToken

from restival.i18n import t
from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.core.registry import component_of
from restival.io.core.traverse import changed, fields_within


def encrypt_secrets(specs: Sequence[FieldSpec], answers: Mapping[str, Json], secret: bytes) -> dict[str, Json]:
    """The answers with the secret ones encrypted."""
    return changed(specs, answers, _is_secret, partial(_encrypted, _fernet(secret)))


def decrypt_secrets(specs: Sequence[FieldSpec], answers: Mapping[str, Json], secret: bytes) -> dict[str, Json]:
    """The answers with the secret ones in clear. Raises InvalidAnswer where one was encrypted with another secret."""
    return changed(specs, answers, _is_secret, partial(_decrypted, _fernet(secret)))


def without_secrets(specs: Sequence[FieldSpec], answers: Mapping[str, Json]) -> dict[str, Json]:
    """The answers without the secret ones."""
    return changed(specs, answers, _is_secret, lambda answer: None)


def has_secret(spec: FieldSpec) -> bool:
    """Whether the field, or one in it, is secret."""
    return any(map(_is_secret, fields_within(spec)))


def _is_secret(spec: FieldSpec) -> bool:
    component = component_of(spec)
    return component is not None and component.secret


@cache
def _fernet(secret: bytes) -> Fernet:
    key = hashlib.blake2b(secret, digest_size=32, person=b"secret answers").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _encrypted(fernet: Fernet, answer: Json) -> Json:
    return fernet.encrypt(str(answer).encode()).decode()


def _decrypted(fernet: Fernet, answer: Json) -> Json:
    try:
        return fernet.decrypt(str(answer).encode()).decode()
    except InvalidToken:
        raise InvalidAnswer(t("The app's current key can't read the secret. Enter the secret again.")) from None
