"""Words become extractions with evidence. The only package that imports spaCy."""

from __future__ import annotations

from docscan.document import Document, Extractions, Part


def extract(document: Document) -> Extractions:
    """All facts of a document, each with where it stands. An extractor that fails becomes a problem, never silence."""
    from docscan.extraction.extractors import extract as run

    return run(document)


def documents(document: Document) -> tuple[tuple[Part, Document], ...]:
    """The documents of a file, each with which part of the file it is; the file itself where it holds one alone."""
    from docscan.extraction.kinds.packets import only, parts_of

    parts = parts_of(document)
    return tuple((part, only(document, part)) for part in parts) if len(parts) > 1 else ((parts[0], document),)


def versions() -> dict[str, str]:
    """The pipeline and the reference data that took part, by name."""
    from docscan.extraction.text.language import versions as pipeline
    from docscan.reference import icd10cm

    return {**pipeline(), "icd10cm": icd10cm.newest_release().isoformat()}
