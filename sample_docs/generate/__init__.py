"""Makes the sample documents: each a page of HTML with its truth, printed by Chromium, then damaged as life damages it.

`documents/NAME.html` holds what is printed, written by hand; `documents/NAME.toml` what a careful person reads in it
and how it became a scan, a fax or a photo. `python -m sample_docs.generate` writes `sample_docs/NAME.*` from the two.
"""
