"""Why an entry does not stand, and who was only there: <past>, {present}, [[denied]]."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BLOCKS = [
    (
        "No longer a problem, do not count: <K58.9> (relabelled), [[J44.9]] ([[COPD]]; dx withdrawn 2019 "
        "after normal spirometry, FEV1 94%), <M45.1> (<ankylosing spondylitis> at occiput/C1-C2, burnt out, "
        "d/c'd from rheum 2014)."
    ),
    (
        "INACTIVE                                       SOURCE\n"
        "\n"
        "<I11.9> <HTN heart dz>, no failure                 old echo, removed 2020\n"
        "[[G82.53]] quad C5-C7 complete                     miskeyed 2016, closed\n"
        "<S93.323S>                                       closed 2018"
    ),
    "Inactive: [[asthma]] (entered by mistake 2014, removed), <gout> (last attack 2009)",
    "Resolved problems: <Pneumonia> (treated 2018), [[Epilepsy]] (wrong patient's code, deleted)",
    "[[Epilepsy]] (charted in error), {asthma}",
    ("1. [[COPD]] - diagnosis withdrawn after normal spirometry\n2. {Asthma}"),
    (
        "Weigh every a.m.; call for +1.5 kg/24 h. Dx list above reviewed w/ pt and sister; {I50.9} and "
        "{J44.9} explained in plain words, teach-back OK."
    ),
    "Reviewed with pt and wife; {heart failure} explained.",
    "Plan discussed with the patient and her daughter; {osteoporosis} (M81.0) is to be treated.",
    "Seen with mother. {Asthma} is worse.",
    "Mother present. {Asthma} and {eczema} reviewed.",
    "Accompanied by husband; {dementia} (F03.90) progressing.",
    "Spoke with son by phone: {COPD} stable.",
    "Seen with his brother; {gout} flared.",
    "T2DM, L {macular edema} gone after treatment (E11.37X2)",
    "{Type 2 diabetes with diabetic macular edema, resolved following treatment} ({E11.37X2})",
    "<Macular edema>, gone after treatment.",
]


@pytest.mark.parametrize("printed", BLOCKS)
def test_what_is_said_beside_an_entry_is_heard(asserted: Callable[[str], tuple[object, object]], printed: str) -> None:
    wanted, said = asserted(printed)
    assert wanted
    assert said == wanted
