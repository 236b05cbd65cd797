"""Other treatments that were tried, in prose, in telegrams and in lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.treatment.alternatives import alternatives

Told = Callable[..., list[Any]]

TRIED = [
    "Prior to this he wore a brace for two months and got nowhere.",
    "ALREADY USED     Cortisone shots x 3      EFFECT   wore off",
    "In the past she kept a food diary, and it changed nothing.",
    "She took topiramate 25 mg for two months but grew forgetful, so we stopped.",
    "USED BEFORE      Gabapentin 300 mg nightly        OUTCOME   stopped, dizzy",
    "What did you try first?\nNaproxen 500 mg, which upset his stomach.",
    "What had she done before?\nShe wore night splints for three months; the tingling went on.",
    "He has tried NSAIDs and physical therapy without relief.",
    "She failed a trial of metformin.",
    "First-line measures such as NSAIDs and stretching have been insufficient.",
    "Diet and metformin alone have not controlled her glucose.",
    "Despite physical therapy, her pain persists.",
    "Acupuncture gave only temporary relief.",
    "Other treatments were considered.",
    "Gel pads alone did not help.",
    "Two inhalers could not be tolerated.",
    "Leflunomide controls her disease only in part.",
    "Naproxen upset her stomach.",
    "Injections wore off in a month.",
    "PT was good until it ran out.",
    "She has been through duloxetine, pregabalin and a pain school.",
    "Prior treatment: gabapentin 300 mg, stopped for drowsiness",
    "What has been tried?\nNight splint for six months. Cortisone injection.",
    "PRIOR TREATMENT\n- Wraps for 10 weeks. Ulcer stalled.\n- Doxycycline.",
    "Tried: baclofen, sedated, stopped.",
    "Had meloxicam for 3 months: no.",
    "Topiramate was stopped because it made her foggy.",
    "Nothing else we tried has worked, neither diet nor pills.",
    "We used iron tablets for seven months and nothing changed.",
    "Her symptoms are refractory to antihistamines.",
    "She could not tolerate CPAP.",
    "Varenicline was halted at week three: nightmares.",
    "Exercise on her own was attempted and abandoned.",
    "He did a low-salt class for eight weeks, lost 4 lb and regained it.",
    "Chiropractic care brought little benefit.",
    "Conservative management has failed.",
    "Dry-land programs were a bust, too much noise.",
    "The night splint turned out a dud.",
    "Braces and taping got nowhere.",
    "Cortisone shots were a waste of time.",
    "We did try other things first.",
    "Talk therapy and a relaxation app; neither was enough.",
    "Naproxen was taken for five weeks, to the detriment of her stomach.",
    "A walking boot was worn for a month, the relief being slight and brief.",
    "Gabapentin 100 mg BID x 4 months last year.",
    "Treatments used to date: lactulose, rifaximin",
]  # fmt: skip
NOT = [
    "She takes metformin twice a day.",
    "I prescribe massage therapy weekly.",
    "No other treatments have been tried.",
    "Prior treatment: none",
    "What has been tried?\nN/A",
    "Please list the treatments tried.",
    "She tried to call us twice.",
    "He quit his job in May.",
    "The MRI showed no change.",
    "Physical therapy is recommended.",
    "She did not smoke.",
    "I propose a trial of massage.",
    "The improvement we expect is modest.",
    "Metformin x 90 days, refill once.",
]


@pytest.mark.parametrize("printed", TRIED)
def test_others_were_tried(told: Told, printed: str) -> None:
    assert told(alternatives, printed, "alternatives_tried") == [True]


@pytest.mark.parametrize("printed", NOT)
def test_none_were_tried(told: Told, printed: str) -> None:
    assert told(alternatives, printed, "alternatives_tried") == []
