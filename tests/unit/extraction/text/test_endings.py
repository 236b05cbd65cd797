"""How an entry says that it is over, and what only sounds so: <past>, {present}, ~kin's~."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BLOCKS = [
    (
        "PROBLEM LIST\n"
        "{Hypertension}  I10\n"
        "<Iron deficiency anemia>  D50.9  (inactive since 2019)\n"
        "<Left rotator cuff tear>, repaired 6/2016, full function\n"
        "<Gestational diabetes>, delivered 2015\n"
        "{Hypothyroidism} dx 2009\n"
        "<H. pylori gastritis>, eradicated 2017\n"
        "<Hepatitis C>, SVR achieved 2016"
    ),
    "<DVT of left leg>, 2012, completed 6 months of warfarin, no anticoagulant now",
    "<Pulmonary embolism> 2010 - treated, off anticoagulation",
    "<Pneumonia>: treated and resolved during stay",
    "Hospital course: <Cellulitis> was treated with IV cefazolin and had cleared by discharge.",
    (
        "DISCHARGE DIAGNOSES\n"
        "1. {Heart failure}\n"
        "2. <Hypokalemia>, corrected\n"
        "3. <Acute kidney injury>, back to baseline\n"
        "4. <Delirium>, resolved\n"
        "5. {Atrial fibrillation}"
    ),
    ("RESOLVED DURING ADMISSION\n<Acute kidney injury> (N17.9)\n<Hyponatremia> (E87.1)"),
    "{Gout} on allopurinol",
    "EOB remark: <M54.50> was on an earlier claim and is no longer reported by your provider.",
    "Diagnosis <J18.9> ended 03/2018.",
    "Codes from closed episodes: <S82.101A>, <J18.9>",
    "Old codes on file, not used for this claim: <J18.9>, <M10.9>",
    "He had <shingles> in 2011.",
    "As a teenager she was treated for <anorexia>.",
    "She has been free of <asthma> since college.",
    "His <asthma> has not been active since childhood.",
    "There has been no recurrence of her <breast cancer> since 2009.",
    "The <breast cancer> of 2009 is in complete remission and no longer followed.",
    "She got over her <depression> years ago.",
    "<Plantar fasciitis>: problem closed 4/12/2019.",
    "<Plantar fasciitis> [resolved 4/12/2019]",
    "<Plantar fasciitis> M72.2, d/c'd from problem list 2019",
    "<Plantar fasciitis> - came off the list in 2019",
    "His <kidney stones> passed in 2014 and none since.",
    "<Kidney stone>, passed spontaneously 2014",
    "<Appendicitis>, appy 1994",
    "<Cholelithiasis> s/p lap chole 2012",
    "{Knee osteoarthritis} s/p arthroscopy 2012",
    "<Cataract OD>, s/p phaco 2018",
    "<Basal cell carcinoma of nose>, Mohs 2015, margins clear",
    "<Carpal tunnel syndrome>, released bilaterally 2013, no sx",
    "Once upon a time he carried <gout> on his list; the last attack was in 2006.",
    "Last attack of <gout> in 2006.",
    "<Gout>, last attack 2006, off allopurinol",
    "<Eczema> in infancy only",
    "<Febrile seizures> at age 2, none after",
    "<Childhood asthma>, outgrew it",
    "Pt outgrew her <asthma>.",
    "<Bell's palsy> 2017, full recovery.",
    "<Bell's palsy> 2017 with complete recovery",
    "The <fracture> has healed and PT is done.",
    "Her <postpartum depression> lifted by 2016.",
    "His <sciatica> is a thing of the past.",
    "Not active: <gout>, <shingles>.",
    "Not currently a problem: <gout>; <shingles>.",
    "Old stuff, for the record only: <gout>, <shingles>",
    "For completeness, earlier illnesses: <gout> (2004), <shingles> (2011).",
    "{Gout}, not yet cured.",
    "{Gout} is active.",
    "Previously had <gout>, now gone.",
    "Pt reports prior <gout>, none in > 10 y.",
    "{Gout} is back.",
    "I treated his <sciatica> in 2013, with complete relief since.",
    "{Low back pain}, treated in 2013 and 2016, still painful.",
    "{Gout}, last attack March 2024, on allopurinol.",
    "{Heart failure}, volume now back to baseline.",
    "{Depression}, symptoms much improved.",
    "{Hyperlipidemia}, corrected with statin.",
    "{Rheumatoid arthritis}, in remission on methotrexate.",
    "{Asthma} since infancy",
    "{Breast cancer}, completed 6 cycles of chemo, radiation next",
    "{Hypertension}, BP back to normal on meds",
    "{Torn meniscus}, repair scheduled 12/2024",
    "{Rotator cuff tear}, repaired 2015, re-torn and still painful",
    "{Back pain} after L4-5 fusion 2012",
    "{Cataract} OS; OD done 2019",
    "{Basal cell carcinoma}, Mohs planned for June 2024",
    "{Seizure disorder}, last seizure 2009, on levetiracetam",
    "{Diabetes} in good control, no hypoglycemia since 2020.",
    "We reviewed these problems with you: {asthma}, {eczema}.",
    "The following conditions are no longer responding to tablets: {gout}, {psoriasis}.",
    "The following diagnoses support medical necessity: {sciatica}, {lumbar stenosis}.",
    "She has tried these and they were not effective: ibuprofen and rest for {sciatica}.",
    "Her {diabetes} and {hypertension} are well controlled.",
    "His {gout} and {arthritis} are not controlled by tablets.",
    "{Asthma} and {eczema} have not resolved.",
    "{Asthma} and {eczema} have been present since she was old enough to walk.",
    "Her {knee pain} and {back pain} are family stresses.",
    "Her mother's ~diabetes~ and her own {hypertension} are listed below.",
    "{Osteoarthritis}, family physician informed.",
    "She came with her mother, who has ~dementia~.",
    "History obtained from mother. {Autism} and {epilepsy}.",
    "Reviewed with daughter: {COPD}, {CHF}.",
    "{Lyme disease}, misdiagnosed as fibromyalgia for years.",
    "{Fibromyalgia} (previously misdiagnosed), now treated.",
    "{Depression} (not in error).",
    ("====\n{Childhood obesity} and {asthma} are the conditions I treat."),
    "The claims for these services were excluded: physical therapy for {low back pain}.",
    "{Ankle fracture}, recovery incomplete",
    "{Stroke} 2019, no full recovery",
    "{Gestational diabetes}, will be delivered in May",
    (
        "PROBLEM LIST\n"
        "{Migraine} (G43.909) - onset 2011\n"
        "<Ankle sprain> (S93.401A) - resolved by 6/2018\n"
        "<Chlamydia>, treated 2010, test of cure neg\n"
        "<Mononucleosis> in college\n"
        "{Asthma}, mild intermittent"
    ),
    "Your records list the next two as finished business: <bursitis> (M70.50), <tennis elbow> (M77.10).",
    "The plan was told that <bursitis> had cleared before the date of service.",
    "Neither the [[lupus]] nor the [[sarcoidosis]] was confirmed.",
    "His <sinusitis> has run its course.",
    "<Gallstones>, gallbladder out in 2009.",
    "The wart codes are void: [[B07.9]] was keyed by mistake.",
    "[[E11.9]] - pt not diabetic, remove",
    "[[COPD]] - spirometry normal, label dropped",
    "<Anemia>, corrected after iron; Hgb 13.8 since 2021",
    "PMHx: <tonsillitis> (T&A 1988), <ectopic pregnancy> '04, {GERD}",
    "Family hx reviewed with patient and spouse: father ~MI~, mother ~breast cancer~",
    "The dx codes {M54.16} and {M48.061} are listed on the claim form as primary and secondary.",
    "{Lumbar stenosis} and {sciatica} are old companions of hers and as bad as ever.",
    "{Hypothyroidism} and {anemia} were found on her last blood test.",
    "These illnesses were once thought to be past history but are active: {gout}, {asthma}.",
]


@pytest.mark.parametrize("printed", BLOCKS)
def test_what_ends_an_entry_is_told_from_what_does_not(
    asserted: Callable[[str], tuple[object, object]], printed: str
) -> None:
    wanted, said = asserted(printed)
    assert wanted
    assert said == wanted
