"""Words become extractions with evidence. The only package that imports spaCy."""

from __future__ import annotations

from docscan.document import Document, Extractions


def extract(document: Document) -> Extractions:
    """All facts of a document, each with where it stands. An extractor that fails becomes a problem, never silence."""
    from docscan.extraction.extractors import extract as run

    return run(document)


def versions() -> dict[str, str]:
    """The pipeline and the reference data that took part, by name."""
    from docscan.extraction.text.language import versions as pipeline
    from docscan.reference import icd10cm

    return {**pipeline(), "icd10cm": icd10cm.newest_release().isoformat()}
