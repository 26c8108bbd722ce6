"""Verifies requests of http jobs, which are signed per Standard Webhooks 1.0.0 (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from typing import Callable, List, Mapping, Sequence, Union

from .errors import MainstayError

_TOLERANCE_S = 300


class InvalidSignature(MainstayError):
    """Who sent the request does not have the secret, or sent it too long ago."""


class Webhook:
    """A receiver of http jobs.

    :param secrets: one or more: ``whsec_…``, the secret shared with the service, or ``whpk_…``, the public half of an
        ed25519 key (``v1a``), which needs the package ``cryptography``: Python has no ed25519 of its own. Several while one
        is exchanged for another
    :param tolerance: seconds that the time of a request may differ from now
    """

    def __init__(
        self,
        secrets: Union[str, Sequence[str]],
        *,
        tolerance: float = _TOLERANCE_S,
        now: Callable[[], float] = time.time,
    ) -> None:
        texts = [secrets] if isinstance(secrets, str) else list(secrets)
        if not texts:
            raise ValueError("no secret")
        self._verifiers: List[Callable[[bytes, str], bool]] = [_verifier(text) for text in texts]
        self._tolerance = tolerance
        self._now = now

    def verify(self, headers: Mapping[str, str], body: bytes) -> str:
        """
        :param headers: of the request, names in any case
        :param body: as it was received, before anything was read from it
        :return: the ``webhook-id``: the same for every attempt of a job, so keep it to drop repeats
        :raises InvalidSignature: do not trust the request; answer 401
        """
        lower = {name.lower(): value for name, value in headers.items()}
        try:
            message_id = lower["webhook-id"]
            timestamp = lower["webhook-timestamp"]
            signatures = lower["webhook-signature"]
        except KeyError as missing:
            raise InvalidSignature(f"no header {missing.args[0]}") from None
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16):
            raise InvalidSignature("webhook-timestamp is no number of seconds")
        if abs(self._now() - int(timestamp)) > self._tolerance:
            raise InvalidSignature("too old, or from the future")
        signed = f"{message_id}.{timestamp}.".encode() + body
        for signature in signatures.split():
            if any(verifies(signed, signature) for verifies in self._verifiers):
                return message_id
        raise InvalidSignature("no signature is of a known secret")


def _verifier(secret: str) -> Callable[[bytes, str], bool]:
    if secret.startswith("whsec_"):
        return _hmac(_decoded(secret, "whsec_"))
    if secret.startswith("whpk_"):
        return _ed25519(_decoded(secret, "whpk_"))
    raise ValueError("a secret begins with whsec_, a public key with whpk_")


def _hmac(key: bytes) -> Callable[[bytes, str], bool]:
    def verifies(signed: bytes, signature: str) -> bool:
        if not signature.startswith("v1,"):
            return False
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        return hmac.compare_digest(expected, signature[3:].encode())

    return verifies


def _ed25519(public: bytes) -> Callable[[bytes, str], bool]:
    try:
        from cryptography.exceptions import InvalidSignature as Bad
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as missing:
        raise NotImplementedError("v1a signatures need the package cryptography: pip install mainstay[ed25519]") from missing
    key = Ed25519PublicKey.from_public_bytes(public)

    def verifies(signed: bytes, signature: str) -> bool:
        if not signature.startswith("v1a,"):
            return False
        try:
            key.verify(base64.b64decode(signature[4:], validate=True), signed)
        except (Bad, binascii.Error):
            return False
        return True

    return verifies


def _decoded(secret: str, prefix: str) -> bytes:
    try:
        key = base64.b64decode(secret[len(prefix) :], validate=True)
    except binascii.Error:
        # Not the text itself: it may end in a log.
        raise ValueError(f"what follows {prefix} is no Base64") from None
    if not key:
        raise ValueError(f"nothing follows {prefix}")
    return key
