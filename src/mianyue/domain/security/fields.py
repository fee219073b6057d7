"""Model fields that hold personal data: sealed in the database, plain on the instance."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from mianyue.domain.security.sealing import blind_index, seal, unseal


class Sealed(bytes):
    """A value as the database holds it; opened when the attribute is read."""


class _SealedAttribute(DeferredAttribute):
    """Opens a sealed value whenever it is read; what stays untouched is saved as it came, not sealed anew."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            super().__get__(instance, cls)  # a deferred field: loads it
        value = instance.__dict__[self.field.attname]
        return self.field.opened(instance, value) if isinstance(value, Sealed) else value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):
    """Text sealed with AES-256-GCM, bound to table, column and primary key (so the key must be known before saving: use UUIDs).

    Rows are written by ``save`` and ``bulk_create``; ``update`` and look-ups by value can't know the row and are refused.
    """

    descriptor_class = _SealedAttribute
    description = "Encrypted text"

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _SealedAttribute(self))

    def encode(self, value: Any) -> bytes:
        return str(value).encode()

    def decode(self, plain: bytes) -> Any:
        return plain.decode()

    def _bound_to(self, instance: Any) -> str:
        return f"{self.model._meta.db_table}|{self.column}|{instance.pk}"

    def opened(self, instance: Any, sealed: Sealed) -> Any:
        return self.decode(unseal(sealed, self._bound_to(instance)))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: Any, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if add:  # a copied row: the seal of the one it came from would never open here
                self.opened(model_instance, value)
            return value
        if value is None:
            return None
        return Sealed(seal(self.encode(value), self._bound_to(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed per row: save the instance instead, and search by its blind index")
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: Any) -> str:
        raise TypeError(f"{self.name} is sealed and is not serialised")

    def get_default(self) -> Any:
        if not self.has_default():
            return None
        return self.default() if callable(self.default) else self.default


class EncryptedBytesField(EncryptedTextField):
    """Bytes sealed the same way (résumé files, calendar files)."""

    description = "Encrypted bytes"

    def encode(self, value: Any) -> bytes:
        return bytes(value)

    def decode(self, plain: bytes) -> Any:
        return plain


class EncryptedJSONField(EncryptedTextField):
    """A JSON value sealed the same way."""

    description = "Encrypted JSON"

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain)


class BlindIndexField(models.BinaryField):
    """The keyed fingerprint of an encrypted field on the same row, filled when the row is saved. Search with ``of``."""

    def __init__(self, source: str = "", purpose: str = "", normalise: Callable[[str], str] | None = None, **options: Any) -> None:
        options.setdefault("null", True)
        options.setdefault("db_index", True)
        super().__init__(**options)
        self.source, self.purpose, self.normalise = source, purpose, normalise

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "purpose": self.purpose}

    def of(self, value: str | None) -> bytes | None:
        """The fingerprint to search for; None for nothing."""
        if not value:
            return None
        return blind_index(self.purpose, self.normalise(value) if self.normalise else value)

    def pre_save(self, model_instance: Any, add: bool) -> bytes | None:
        fingerprint = self.of(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, fingerprint)
        return fingerprint
