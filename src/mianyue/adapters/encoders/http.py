"""Asks an encoder at any address that speaks OpenAI's embeddings: a machine of the company's own, or a vendor's."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, ClassVar

from mianyue.adapters.one_request import EXPECTED, Answer, Endpoint, NoAnswer, endpoint, key, post
from mianyue.base.errors import SettingError
from mianyue.ports.registry import Setting
from mianyue.understanding.phrases.encoder import EncoderUnavailable
from mianyue.understanding.reply.kind import fits

LIMIT = 3.0
"""Seconds for one request, by the clock on the wall: somebody may be waiting for their page."""
LONGEST_ANSWER = 4 * 1024 * 1024
_LONGEST_TEXT = 600
_MOST_DIMENSIONS = 8192


class HttpEncoder:
    """One request for all texts. What is in them leaves this machine for the address that an administrator set.

    Thresholds and weights were made for one model, so that another one is asked nothing about anybody.
    """

    name = "http"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("MIANYUE_ENCODER_URL", EXPECTED),
        Setting("MIANYUE_ENCODER_MODEL", "the name by which the address knows multilingual-e5-small"),
        Setting("MIANYUE_ENCODER_KEY", "the key for that address; empty where it wants none", secret=True),
        Setting("MIANYUE_ENCODER_KEY_FILE", "the path of a file that holds MIANYUE_ENCODER_KEY"),
    )

    def __init__(self, endpoint: Endpoint, model: str, key: str = "", within: float = LIMIT) -> None:
        self.endpoint, self.model, self._key, self.within = endpoint, model, key, within
        self._known = False

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> HttpEncoder:
        """Raises SettingError, which never repeats the key."""
        model = env.get("MIANYUE_ENCODER_MODEL", "").strip()
        if not model:
            raise SettingError("MIANYUE_ENCODER_MODEL", model, "the name of a model")
        where = endpoint("MIANYUE_ENCODER_URL", env.get("MIANYUE_ENCODER_URL", ""))
        return cls(where, model, key("MIANYUE_ENCODER_KEY", env))

    def embed(self, texts: Sequence[str]) -> Any:
        """A numpy array of texts × dimensions, float32. Of a longer text the first 600 characters count.

        Before the first of them six sentences of our own are sent, to see whether it is the right model. Raises EncoderUnavailable.
        """
        if find_spec("numpy") is None:
            raise EncoderUnavailable("Vectors can't be compared without numpy.", "Install the extra embed.", reason="no_numpy")
        if not self._known:
            if not fits(_Asking(self)):
                hint = "Serve multilingual-e5-small there, or unset MIANYUE_ENCODER."
                raise EncoderUnavailable("The encoder is another model than multilingual-e5-small.", hint, reason="other_model")
            self._known = True
        return self.ask(texts)

    def ask(self, texts: Sequence[str]) -> Any:
        """The vectors as they come, whatever model they are of. Raises EncoderUnavailable."""
        # What this family of models was trained with; without it the vectors are others.
        plain = [f"query: {text[:_LONGEST_TEXT]}".encode("utf-8", "replace").decode("utf-8") for text in texts]
        body = json.dumps({"model": self.model, "input": plain, "encoding_format": "float"}, ensure_ascii=False).encode()
        try:
            answer = post(self.endpoint, "/embeddings", body, self._key, within=self.within, longest=LONGEST_ANSWER)
        except NoAnswer as none:
            raise EncoderUnavailable(f"The encoder gave no answer ({none.reason}).", reason=none.reason) from None
        return _vectors(answer, len(texts))


class _Asking:
    """An encoder whose model is still unknown."""

    name = "http"

    def __init__(self, encoder: HttpEncoder) -> None:
        self.embed = encoder.ask


def _vectors(answer: Answer, count: int) -> Any:
    """Reads the answer strictly. Nothing of it gets into an error."""
    import numpy

    if answer.status != 200:
        hint = "Check MIANYUE_ENCODER_URL, MIANYUE_ENCODER_MODEL and MIANYUE_ENCODER_KEY."
        raise EncoderUnavailable(f"The encoder answered with status {answer.status}.", hint, reason=f"status_{answer.status}")
    odd = EncoderUnavailable("The encoder's answer is not one vector per text.", reason="no_vectors")
    try:
        rows = sorted(json.loads(answer.body)["data"], key=lambda row: row["index"])
        vectors = numpy.asarray([row["embedding"] for row in rows], dtype="float32")
        numbers = [row["index"] for row in rows]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise odd from None
    if numbers != list(range(count)) or vectors.ndim != 2 or not 0 < vectors.shape[1] <= _MOST_DIMENSIONS:
        raise odd
    lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
    if not numpy.isfinite(vectors).all() or not (numpy.isfinite(lengths).all() and lengths.min() > 0):
        raise odd
    return vectors / lengths
