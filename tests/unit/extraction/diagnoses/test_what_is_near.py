"""What is said near a code and does not touch it: denials, histories and doubts of something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.diagnoses.diagnoses import diagnoses
from docscan.extraction.text.annotated import AnnotatedText

UNTOUCHED = [
    "He has mid-back pain (M54.6) and high blood pressure with no secondary cause found (I10).",
    "She has hypertension without any organ damage found on testing (I10) and prediabetes (R73.03).",
    "Type 2 diabetes with no complications seen so far (E11.9) is the reason for this letter.",
    "Her knee pain (M25.561) has not responded to ibuprofen; x-rays ruled out a fracture.",
    "His migraine (G43.909) was thought to be a sinus problem until the scan came back normal.",
    "Low back pain (M54.50). MRI was negative.",
    "She has generalized anxiety disorder (F41.1). Thyroid disease was excluded as the cause.",
    "Obesity (E66.9), for which her mother was also treated, has worsened.",
    "He has obstructive sleep apnea (G47.33); his wife notes that the snoring is worse.",
    "Dx: major depressive disorder (F33.1). This was confirmed in May. Nobody in the family has it.",
    "Her plantar fasciitis (M72.2) resolved briefly in 2022 and then came back worse than before.",
    "Osteoarthritis of the right knee (M17.11). It was repaired arthroscopically years ago without lasting benefit.",
    "He has lumbar radiculopathy (M54.16). The question of surgery is still undecided.",
    "She lives with fibromyalgia (M79.7). No test can confirm it, but she meets all the criteria.",
    "She has asthma (J45.909). If it is not controlled, pneumonia may follow.",
    "Chronic fatigue (R53.82). Her thyroid was checked and that was normal.",
    "He suffers from gout (M10.9). Attacks cleared within days whenever he took colchicine.",
    "E78.5 hyperlipidemia; her father's heart attack at 50 makes this urgent.",
    "My patient's essential hypertension (I10), unlike her sister's, does not respond to diet.",
    "Type 2 diabetes (E11.9) was first ruled out in 2018 but was diagnosed in 2021.",
    "PCOS (E28.2) is not in doubt. What is still open is whether she has insulin resistance.",
    "She was diagnosed with IBS (K58.9) after celiac disease was excluded by biopsy.",
    "The diagnosis of chronic migraine (G43.709) is certain; a tumor has been ruled out.",
    "Neck pain (M54.2), not due to an accident, has been present for two years.",
    "Ankylosing spondylitis (M45.9) was suspected for years before it was confirmed.",
    "Problem list:\n1. Essential hypertension - I10\n2. Diabetes ruled out\n3. Obesity, class 2 - E66.9\n"
    "4. Mixed hyperlipidemia - E78.2",
    "Assessment\nE66.01 Morbid obesity\nZ83.3 Family history of diabetes mellitus\nI10 Hypertension\n"
    "Z87.891 Former smoker\nM17.0 Bilateral knee osteoarthritis",
    "Dx codes: M54.50, G89.29, F32.A (hx of DVT, resolved; not coded)",
    "Chronic pain syndrome (G89.4). She was told elsewhere that it was all in her head; I disagree with that.",
    "I treat her for lymphedema (I89.0). It was mistaken for obesity for many years.",
    "POTS (I49.8): nothing in her heart work-up was abnormal, and we do not expect any damage.",
    "Insomnia (F51.01). I have not prescribed a drug for it. He never had this before the accident.",
    "She has Crohn's disease (K50.90), now in remission.",
    "Her prediabetes (R73.03) has not yet been brought under control and the risk of diabetes is real.",
    "Rheumatoid arthritis with no rheumatoid factor on testing (M06.00) limits her hands.",
    "Essential tremor (G25.0): Parkinson's was considered and excluded.",
    "He carries a diagnosis of PTSD (F43.10). It is not his brother's illness that brings him here, it is his own.",
    "She has had no falls, and her osteoporosis (M81.0) has produced no fracture to date.",
    "Vitamin D deficiency (E55.9): with no known malabsorption, diet alone explains it.",
    "Patient denies chest pain. Known coronary artery disease (I25.10).",
    "He is not a surgical candidate and has severe lumbar stenosis (M48.061) at two levels.",
    "Whether or not therapy helps her anxiety (F41.9), the insomnia (G47.00) must be treated.",
    "Without treatment her scoliosis (M41.9) will progress.",
    "He never smoked and never drank, yet he has fatty liver (K76.0) and high cholesterol (E78.00).",
    "She cannot exercise alone because of vertigo (R42).",
    "Possible triggers of her migraine (G43.909) are stress and poor sleep.",
    "To prevent falls from her peripheral neuropathy (G62.9) I prescribe balance training.",
    "Risk factors: smoking, diet. Dx: COPD (J44.9).",
    "Her daughter drives her to me for Parkinson's disease (G20.A1).",
    "I48.3 typical atrial flutter; F41.3; D86.0 sarcoid of the lung\n\n"
    "Stop and tell your trainer if you feel flutter, dizziness or chest pain.",
    "Neither scans nor blood tests explain it, but she plainly has small fiber neuropathy (G62.89).",
    "His tinnitus (H93.13), which no doctor has been able to explain, keeps him awake.",
    "She had no fractures in the accident; she did sustain a whiplash injury (S13.4XXA).",
    "The vertigo (R42) has not recurred as an attack but the imbalance remains.",
    "Diagnoses: hypothyroidism E03.9 (mother too), anemia D64.9, no diabetes.",
    "Cervicalgia (M54.2). Numbness in the hands was looked for and not found.",
    "We considered surgery for his carpal tunnel syndrome (G56.01) and decided against it.",
    "Celiac disease (K90.0). Her sister has it too.",
    "Hyperlipidemia, unspecified, E78.5, not at goal",
    "He denies relief of his sciatica (M54.31) from tablets.",
    "Nobody disputes that she suffers from endometriosis (N80.9).",
    "Stage 3 kidney disease (N18.30); no dialysis, no transplant, no anemia.",
    "Her lupus (M32.9) could lead to kidney failure if she stops moving.",
    "PMH: appendectomy, tonsillectomy. Current: M17.12 left knee arthritis, E66.9 obesity",
    "Hip dysplasia (Q65.89) was missed at birth and found at fifteen.",
    "The likely cause of her back pain (M54.50) is a weak core.",
    "Although her diabetes (E11.65) was well controlled in the past, it is not now.",
    "She can no longer climb stairs owing to heart failure (I50.9).",
    "Type 2 diabetes mellitus without complications  E11.9\nEssential hypertension without heart failure    I10",
    "DX: 1) M25.512 2) M75.42 - not M75.41 as printed on the last bill",
    "She has no insurance for therapy of her torticollis (M43.6).",
    "His sister is a nurse and helps him manage multiple sclerosis (G35).",
    "The patient has failed medication for depression (F32.9), never psychotic, never manic.",
    "Autism (F84.0): regression was feared at age 3 but that was a false alarm.",
    "No doubt remains that this is lipedema (R60.9).",
    "Her mother, Mrs. Lund, brings Ada for cerebral palsy (G80.9).",
    "Without question he has tennis elbow (M77.11).",
    "His hernia (K40.90) was to be repaired in 2021 but he was not fit for surgery.",
    "Obesity (E66.9). He lost weight twice, but it never stayed off.",
    "She tested negative for celiac disease and positive for lactose intolerance (E73.9).",
    "History: born at term, no allergies. Problem: enuresis (N39.44).",
    "Her dysautonomia (G90.9) is the reason that she cannot exercise without supervision.",
    "Had it not been for his arthritis (M19.90) he would still be working.",
    "He is unable to do without a brace because of spondylolisthesis (M43.16).",
    "His wife reports apneas; the sleep study confirmed sleep apnea (G47.33).",
    "Cancer of the breast, ruled out in 2019, appears again in the billing; what she has is mastodynia (N64.4).",
    "We ruled out everything else before we settled on chronic fatigue syndrome (G93.32).",
    "Suspected at first to be stress, her symptoms are those of Graves disease (E05.00).",
    "To avoid surgery for her rotator cuff tear (M75.101), I prescribe exercise.",
    "She is not diabetic. She is overweight (E66.3) and hypertensive (I10).",
]

TOUCHED = [
    ("My son has autism (F84.0).", {"F84.0": "other_person"}),
    (
        "Her father had colon cancer (C18.9) and her aunt lupus (M32.9).",
        {"C18.9": "other_person", "M32.9": "other_person"},
    ),
    ("Migraine (G43.909) was queried last year; that has since been ruled out.", {"G43.909": "negated"}),
    ("There is no hypertension (I10), and no diabetes (E11.9).", {"I10": "negated", "E11.9": "negated"}),
    ("Lyme disease (A69.20)? Serology is pending.", {"A69.20": "hypothetical"}),
    ("We cannot yet say whether it is rheumatoid arthritis (M06.9).", {"M06.9": "hypothetical"}),
    ("Sleep apnea (G47.33) was excluded by polysomnography.", {"G47.33": "negated"}),
    ("His gout (M10.9) resolved years ago and has not come back.", {"M10.9": "historical"}),
    ("The ulcer (K25.9) healed in 2015; it has never returned.", {"K25.9": "historical"}),
    ("Gastritis (K29.70), she says, was her husband's.", {"K29.70": "other_person"}),
]


def _codes(text: AnnotatedText) -> dict[object, str]:
    return {found.value: found.assertion for found in diagnoses(text) if found.name == "diagnosis_code"}


@pytest.mark.parametrize("printed", UNTOUCHED)
def test_a_code_stays_stated_beside_what_is_said_of_something_else(
    typed: Callable[..., AnnotatedText], printed: str
) -> None:
    found = _codes(typed(printed))
    assert found
    assert set(found.values()) == {"stated"}


@pytest.mark.parametrize(("printed", "said"), TOUCHED)
def test_what_is_said_of_a_code_holds(typed: Callable[..., AnnotatedText], printed: str, said: dict[str, str]) -> None:
    assert _codes(typed(printed)) == said
