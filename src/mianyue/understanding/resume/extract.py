"""Turns a résumé file of any kind into text, or says plainly why it can't be read."""

from __future__ import annotations

from dataclasses import dataclass

from mianyue.understanding.resume import docx, pdf, picture, plain

_MOST_BYTES = 20 * 1024 * 1024
_MOST_CHARACTERS = 200_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")
_OTHER_KINDS = (b"GIF8", b"II*\x00", b"MM\x00*", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"<!DOCTYPE", b"<html")
_TEXT_NAMES = ("txt", "text", "md", "")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file holds.

    ``kind`` is ``pdf``, ``docx``, ``txt``, ``picture`` or ``""``; ``pages`` counts those of a PDF, otherwise 1, and 0 where nothing
    was read, ``pictures`` those among them that hold no text but a picture. ``seen``: text was read from a picture, so that a letter
    of it may be wrong.

    ``problem`` is None or one of ``scan`` (all is pictures, and nothing was read from them), ``unreadable`` (broken), ``encrypted``
    (needs a password), ``too_large`` (over 20 MB, a DOCX that unpacks to over 100 MB, a picture of over 60 million dots, or over
    200,000 characters of text), ``unknown_type``.
    """

    text: str
    kind: str
    pages: int
    problem: str | None
    pictures: int = 0
    seen: bool = False


def extract(file_name: str, content: bytes, *, look: bool = False) -> Extracted:
    """Reads a résumé file: its first bytes tell the kind, the name only if they don't. Never raises for what ``content`` holds.

    ``look``: pictures of text are read as well, which takes seconds a page and needs the extra ``ocr`` (``ocr.available``).
    """
    if len(content) > _MOST_BYTES:
        return Extracted("", "", 0, "too_large")
    extension = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if b"%PDF-" in content[:1024]:
        return _from_pdf(content, look)
    if content.startswith(b"PK\x03\x04"):
        return _from_zip(content)
    if content.startswith(_OLD_OFFICE):
        encrypted = _ENCRYPTED_OFFICE in content
        return Extracted("", "docx" if encrypted else "", 0, "encrypted" if encrypted else "unknown_type")
    if content.startswith(_PICTURES):
        return _from_picture(content) if look else Extracted("", "picture", 1, "scan", pictures=1)
    if extension in ("pdf", "docx"):
        return Extracted("", extension, 0, "unreadable")
    if extension not in _TEXT_NAMES or content[:64].lstrip().startswith(_OTHER_KINDS):
        return Extracted("", "", 0, "unknown_type")
    text = plain.decoded(content)
    return _read(text, "txt", 1) if text is not None else Extracted("", "txt", 0, "unreadable")


def _read(text: str, kind: str, pages: int, problem: str | None = None, *, pictures: int = 0, seen: bool = False) -> Extracted:
    return (
        Extracted(text, kind, pages, problem, pictures, seen)
        if len(text) <= _MOST_CHARACTERS
        else Extracted("", kind, pages, "too_large")
    )


def _from_pdf(content: bytes, look: bool) -> Extracted:
    try:
        pages = pdf.pages(content, look=look)
    except pdf.PasswordNeeded:
        return Extracted("", "pdf", 0, "encrypted")
    except pdf.BrokenPdf:
        return Extracted("", "pdf", 0, "unreadable")
    pictures = sum(page.picture for page in pages)
    seen = any(page.seen for page in pages)
    problem = "scan" if pictures == len(pages) and not seen else None
    return _read("\n".join(page.text for page in pages), "pdf", len(pages), problem, pictures=pictures, seen=seen)


def _from_picture(content: bytes) -> Extracted:
    try:
        text = picture.text_of(content)
    except picture.TooLarge:
        return Extracted("", "picture", 0, "too_large")
    except picture.BrokenPicture:
        return Extracted("", "picture", 0, "unreadable")
    return _read(text, "picture", 1, None if text else "scan", pictures=1, seen=bool(text))


def _from_zip(content: bytes) -> Extracted:
    try:
        return _read(docx.document_text(content), "docx", 1)
    except docx.TooLarge:
        return Extracted("", "docx", 0, "too_large")
    except docx.PasswordNeeded:
        return Extracted("", "docx", 0, "encrypted")
    except docx.BrokenDocx:
        return Extracted("", "docx", 0, "unreadable")
    except docx.NotADocx:
        return Extracted("", "", 0, "unknown_type")
