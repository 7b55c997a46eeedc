"""The key by which the worker knows its Restate: requests are signed with it."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def identity_key(file: Path) -> str:
    """The public key of the private one in `file`, which is made where there is none (PKCS 8 PEM, mode 0600).

    It is written as Restate writes it: `publickeyv1_` and the key's 32 bytes in base 58.
    """
    if not file.exists():
        _write_private(file, Ed25519PrivateKey.generate())
    key = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file} doesn't contain an Ed25519 key")
    return "publickeyv1_" + base58(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def _write_private(file: Path, key: Ed25519PrivateKey) -> None:
    made = file.with_suffix(".new")
    with open(made, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as target:
        target.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    os.replace(made, file)


def base58(data: bytes) -> str:
    """Bytes in base 58, with Bitcoin's alphabet (draft-msporny-base58)."""
    number, digits = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        digits = ALPHABET[digit] + digits
    return ALPHABET[0] * (len(data) - len(data.lstrip(b"\0"))) + digits
