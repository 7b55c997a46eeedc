"""Secret answers on their way: encrypted from the app that checks them to the action that gets them."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from restival.io.call import FieldSpec, InvalidAnswer, Json
from restival.io.catalogue import component_of

Change = Callable[[Json], Json]


def concealed(specs: Sequence[FieldSpec], answers: Mapping[str, Json], secret: bytes) -> dict[str, Json]:
    """The answers with the secret ones encrypted."""
    return _changed(specs, answers, partial(_encrypted, _fernet(secret)))


def revealed(specs: Sequence[FieldSpec], answers: Mapping[str, Json], secret: bytes) -> dict[str, Json]:
    """The answers with the secret ones in clear. Raises InvalidAnswer where one was encrypted with another secret."""
    return _changed(specs, answers, partial(_decrypted, _fernet(secret)))


def without_secrets(specs: Sequence[FieldSpec], answers: Mapping[str, Json]) -> dict[str, Json]:
    """The answers without the secret ones."""
    return _changed(specs, answers, lambda answer: None)


def _changed(specs: Sequence[FieldSpec], answers: Mapping[str, Json], change: Change) -> dict[str, Json]:
    by_key = {spec.key: spec for spec in specs}
    return {key: _change(by_key[key], answer, change) if key in by_key else answer for key, answer in answers.items()}


def _change(spec: FieldSpec, answer: Json, change: Change) -> Json:
    if answer is None:
        return None
    if _is_secret(spec):
        return change(answer)
    if spec.component == "record" and isinstance(answer, dict):
        return _changed(_specs(spec.props["fields"]), answer, change)
    if spec.component == "list" and isinstance(answer, list):
        [item] = _specs([spec.props["item"]])
        return [_change(item, value, change) for value in answer]
    return answer


def _is_secret(spec: FieldSpec) -> bool:
    component = component_of(spec)
    return component is not None and component.secret


def _specs(fields: Sequence[Any]) -> list[FieldSpec]:
    return [FieldSpec.model_validate(field) for field in fields]


def has_secret(spec: FieldSpec) -> bool:
    """Whether the field, or one in it, is secret."""
    inner = spec.props["fields"] if spec.component == "record" else []
    inner = [spec.props["item"]] if spec.component == "list" else inner
    return _is_secret(spec) or any(has_secret(field) for field in _specs(inner))


def _fernet(secret: bytes) -> Fernet:
    key = hashlib.blake2b(secret, digest_size=32, person=b"secret answers").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _encrypted(fernet: Fernet, answer: Json) -> Json:
    return fernet.encrypt(str(answer).encode()).decode()


def _decrypted(fernet: Fernet, answer: Json) -> Json:
    try:
        return fernet.decrypt(str(answer).encode()).decode()
    except InvalidToken:
        raise InvalidAnswer("Please enter the secret again: it can't be read with the app's present key.") from None
