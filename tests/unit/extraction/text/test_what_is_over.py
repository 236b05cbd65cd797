"""What was there and is over, as differing hands write it, beside what is there: <past>, {present}, [[denied]]."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BLOCKS = [
    (
        "PROBLEM LIST\n"
        "Problem                     Onset       Resolved\n"
        "{Essential hypertension}      2015        --\n"
        "<Pneumonia>                   02/2020     03/2020\n"
        "{Knee osteoarthritis}         2018\n"
    ),
    (
        "Dx code   Description              Start        End\n"
        "I10       {Hypertension}             01/04/2016\n"
        "S82.101A  <Tibia fracture>           05/02/2014   11/10/2014\n"
        "E66.9     {Obesity}                  2012         present\n"
    ),
    (
        "Condition          Dates\n"
        "<Plantar fasciitis>  2016-2017\n"
        "{Low back pain}      2019-present\n"
        "<Shingles>           2011–2011\n"
    ),
    "Assessment: {Low back pain}, M54.5, that began after he was rear-ended on 1/19/2026.\n",
    "Claims history: <Gout> (M10.9), closed 3/2018.\nToday: {essential hypertension}, I10.\n",
    "Active:  {asthma}, {eczema}\nInactive:  <bronchitis>, <kidney stone>\n",
    (
        "Diagnosis                  Code       Status\n"
        "{Type 2 diabetes}            E11.9      A\n"
        "<Ankle sprain>               S93.401A   R\n"
        "<Gout>                       M10.9      R\n"
        "\n"
        "A = active   R = resolved\n"
    ),
    (
        "Diagnoses (* = past, no longer treated)\n"
        "  {Fibromyalgia}  M79.7\n"
        "  <Frozen shoulder>*  M75.01\n"
        "  {Insomnia}  G47.00\n"
        "  <Carpal tunnel syndrome>*  G56.01\n"
    ),
    "1. {COPD}\n2. <Appendicitis> (R)\n3. {Obesity}\n4. <Bell's palsy> (R)\n(R) resolved\n",
    "Dx: {M54.50}, {E66.9}, <S83.241A>†\n† old, not part of this claim\n",
    (
        "Problem: <Iron deficiency anemia>   Noted: 3/2015   Resolved: 9/2016\n"
        "Problem: {Hypothyroidism}   Noted: 4/2012\n"
    ),
    (
        "PMH: <pneumonia> 2015, <broken collarbone> 1998, {hypertension}.\n"
        "PSH: hysterectomy for <fibroids> 2010, cholecystectomy.\n"
    ),
    "Past Surgical History\n<Torn meniscus>, repaired 2012\n<Inguinal hernia> repair 2006\n",
    "Surgeries: ACL tear repair; <appendicitis> at age 11\n",
    "Prior injuries: <whiplash> 2009, <wrist fracture> 2015. Current: {chronic neck pain}.",
    "Health history - <pneumonia> in 2003, <mono> in college. Today: {hypertension} and {obesity}.",
    "Hx: <DVT> 2012, <concussion>. Dx today: {lymphedema} I89.0",
    "She has a hx <postpartum depression> (2014).",
    "prev. <tennis elbow>, prev. <plantar fasciitis>; now {knee arthritis}",
    "h/o <stroke> '14. {HTN}, {T2DM}.",
    "s/p <rotator cuff tear> R 2019. {Adhesive capsulitis} L.",
    "s/p ORIF <ankle fracture> 2016; {post-traumatic arthritis} since.",
    "As a child he suffered from <asthma>; today he has {sleep apnea}.",
    "She wore a brace for <scoliosis> as a teenager. What troubles her now is {lumbar disc disease}.",
    "Before her operation in 2015 she had <carpal tunnel syndrome> of both hands.",
    "Her <endometriosis> ended with the hysterectomy in 2011.",
    "His <frozen shoulder> was treated in 2015 and has given no trouble since.",
    "The <thyroid nodule> was removed in 2018.",
    "A <hernia>, fixed ten years ago, plays no part in this.",
    "He was once anxious, and was treated for <panic disorder> until 2012.",
    "<Lyme disease> in 2009 was cured with antibiotics. {Arthritis} of the knees is why I write.",
    "He beat <lymphoma> in his thirties.",
    "The <stress fracture> of two summers ago has knit.",
    "At nineteen she broke a leg: <femur fracture>, healed. ",
    "Twenty years ago, <hepatitis> kept him in bed for a season.",
    "During her first pregnancy she developed <gestational diabetes>; sugar normal since delivery.",
    "He came through <prostate cancer> in 2010 without recurrence.",
    "She is in recovery from nothing; she simply no longer has <anemia>.",
    "My notes from 2012 list <bursitis of the hip>, which did not return.",
    "<Depression> was on her chart from 2010 to 2013.",
    "She has not had <migraine> since 2016.",
    "<Eczema> - outgrown. {Hay fever} - yes.",
    "His <ulcer> is a closed chapter.",
    "I treated her last year for <bronchitis>; this letter concerns her {osteopenia}.",
    "An earlier bout of <sciatica> settled with exercises in 2019.",
    "The <kidney stone> passed in April and there has been nothing since.",
    "Formerly obese, she lost the weight; her old <prediabetes> is off the table.",
    "She had <tuberculosis> in her youth.",
    "SUPERBILL\nDx this visit: {M17.11}\nDx on file, prior: <S93.401A> <J20.9>\n",
    "EXPLANATION OF BENEFITS\nDiagnosis on claim: {M54.16}\nPrior diagnosis (not current): <M75.41>\n",
    "Diagnosis codes: {E66.9}\nPrevious diagnosis codes on file: <M10.9>, <K35.80>\n",
    "ICD-10\nA. {I89.0}  lymphedema\nB. <L03.116>  cellulitis L leg - past\nC. {E66.01}  obesity\n",
    (
        "[x] {M79.7} fibromyalgia\n"
        "[x] {I10} hypertension\n"
        "Inactive dx (history only):\n"
        "  <C50.911> breast cancer  Z85.3\n"
    ),
    "Rx: compression stockings 20-30\nDx {I87.2} venous insufficiency. Old DVT <I82.401> (2011, treated).\n",
    "Referral: {chronic low back pain} M54.50.  Old records mention <spondylolysis> M43.06 - healed.\n",
    "Dx <S52.501A> (closed 6/2019) wrist fracture\nDx {M25.531} pain in right wrist\n",
    "<K35.80> acute appendicitis  hx only\n{E11.9} type 2 diabetes\n",
    "Diagnosis used 2018-2020: <M75.101>. Diagnosis used now: {M75.01}.",
    "Discontinued diagnoses: <F32.9>. Continuing: {F41.1}.",
    "Personal history of <breast cancer> (Z85.3)",
    "Old news: <gout>. New: {hyperlipidemia}.",
    "Patient portal - Health issues\nCurrent\n  {Asthma}\nPast\n  <Otitis media>\n  <Strep throat>\n",
    "Retired codes: <M72.2> (better since spring)\n",
    "Archive: <vertigo>, <hives>\n",
    "{Psoriasis} (current), <ringworm> (past), {rosacea} (current)",
    "<Cholecystitis>: gallbladder taken out 2014.",
    "<Breast CA> 2011 - surgery, radiation, clear ever since.",
    "ALREADY TREATED: <hip bursitis>\nSTILL TREATED: {hip arthritis}",
    "Tried PT for {low back pain} 2019-2020, no help. Dated 3/2022",
    "{Osteoporosis}; no falls since 2020.",
    "{Sciatica}: no relief since 2019.",
    "{Hypertension} (treated), {obesity} (chronic).",
    "{Hypertension} - no longer controlled.",
    "{Knee pain} (meniscectomy 2012 did not help).",
    "{HTN}, {obesity}, cholecystectomy 2010",
    "To speed recovery from her {ankle sprain} I order therapy.",
    "This will help her beat {obesity}.",
    "54 year old {asthma} patient. 61-year-old with {gout}.",
    "hx chronic {low back pain} x 10 years",
    "{Lymphedema} (2014-present), {obesity} since 2009",
    "Condition    Treatment start   Treatment end\n{Lymphedema}   01/02/2024   12/31/2024\nDated 01/02/2024",
    "Diagnosis   From        To\n{Back pain}   03/01/2023  03/01/2024\nDate 03/01/2023",
    "{M23.203} meniscus tear, old\n{E66.9} obesity\n",
    "Dx (* = primary)\n{Gout}*\n{Obesity}\n",
    "R = right, L = left\n{Knee arthritis} (R)\n{Frozen shoulder} (L)\n",
    "{Fibromyalgia}. Sleep has not been normal since.",
    "She has {asthma}, well controlled since 2020.",
    "Her {migraine} began during her first year of college.",
    "She was treated last year for {sciatica}, which persists.",
    "She no longer works because of {lupus}.",
    "He no longer responds to tablets for {gout}.",
    "Tumor removed 2012. {Lymphedema} of the arm since.",
    "{Lymphedema} after mastectomy 2012.",
    "{Hashimoto's thyroiditis}, thyroid normal on ultrasound.",
    "{Depression}, in treatment 2018-2020 and again now.",
    "{Plantar fasciitis} since 2016; injection 2017, orthotics 2018.",
    "Current\n  {Asthma}\nPast\n  <Otitis media>\nCurrent\n  {Gout}\n",
    "Problems\n* <Cellulitis of left leg> (2013-2014)\n* {Lymphedema} (2014-present)\nDated 2019",
    (
        "Dx code   Description      Start        End\n"
        "I10       {Hypertension}     01/04/2016\n"
        "S82.101A  <Tibia fracture>   05/02/2014   11/10/2014\n"
    ),
    "Dx marked † are ruled out. {Asthma}",
    "If he had no {arthritis} he would not need this.",
    "She would not need it if she didn't have {lymphedema}.",
    "{M79.7} fibromyalgia, {I10} hypertension, chronic",
    (
        "C. NOT ON THE LIST\n"
        "Past, resolved   <Peripheral vascular disease>, stented 2015\n"
        "                 <Pollen allergy>\n"
        "                 <Lupus>\n"
        "Current          {Asthma}\n"
        "                 {Eczema}\n"
    ),
    "4. PAST HISTORY, NOT ACTIVE\n  a) <Gout>, last attack 2022\n  b) <Reflux>\n5. REHAB GRID\n  {lymphedema}\n",
]


@pytest.mark.parametrize("printed", BLOCKS)
def test_what_is_over_is_told_from_what_is_there(
    asserted: Callable[[str], tuple[object, object]], printed: str
) -> None:
    wanted, said = asserted(printed)
    assert wanted
    assert said == wanted
