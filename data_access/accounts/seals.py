"""What stands in the open and is not to be read there: texts sealed, and marks in the place of names.

Both by keys made of the server's secret key, each for one purpose: nothing sealed for one is opened for another.
"""

import base64
import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MARK: Final = 16  # hexadecimal digits


@dataclass(frozen=True)
class Seals:
    """Seals and marks. Made once, of the server's secret key."""

    secret_key: str = field(repr=False)

    def box(self, purpose: str) -> Fernet:
        """What seals and opens for this purpose, and says when it was sealed."""
        return Fernet(base64.urlsafe_b64encode(self._key(purpose)))

    def close(self, purpose: str, text: str) -> str:
        """The text sealed, as it can stand in an address; another one each time."""
        return self.box(purpose).encrypt(text.encode()).decode()

    def open(self, purpose: str, sealed: str) -> str | None:
        """The text; None when it was not sealed here for this purpose."""
        try:
            return self.box(purpose).decrypt(sealed.encode("utf-8", "replace")).decode()
        except InvalidToken:
            return None

    def mark(self, purpose: str, name: str) -> str:
        """What stands for a name, always the same: the name cannot be told from it."""
        return hmac.new(self._key(purpose), name.encode("utf-8", "replace"), sha256).hexdigest()[:_MARK]

    def _key(self, purpose: str) -> bytes:
        return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(self.secret_key.encode())
