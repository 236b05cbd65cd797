"""Draw from the official descriptions the words that names of illnesses are made of: `illness_words.txt`.

    python -m docscan.reference.build_illness_words

A description begins with a name ("Unilateral primary osteoarthritis, right knee"): the last word of its first part is
the name's head, the words before it describe it. What the file holds, a kind and its words on a line:

* `disease`: heads that name an illness by themselves (osteoarthritis, enthesopathy, palsy);
* `general`: heads that need a word beside them (disorder, pain, deficiency);
* `describes`: words that stand in descriptions, and hardly anywhere else in English; parts of the body; what tells an
  illness apart (chronic, left, secondary).

Everyday words that happen to stand in a description ("labor", "window", "milk") are left out: how common a word is, is
taken from the frequency list of pyspellchecker. The lists of exceptions are our own.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from docscan.reference import icd10cm

_FIRST_PART = re.compile(
    r",|\(|\[|;|/| (?:with|without|of|in|due|following|from|by|on|to|at|for|as|during|involving|affecting|associated|"
    r"complicating|secondary|not|after|classified|resulting|requiring|caused|between|through|into|and|or|while|within|"
    r"under|unspecified|NEC|NOS)\b"
)
_CHAPTERS = frozenset("ABCDEFGHIJKLMNOPQRST")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")

DISEASE = re.compile(
    r"[a-z]{2,}(?:itis|itides|itises|osis|oses|opath(?:y|ies)|emias?|aemia|uria|omas?|"
    r"omata|plegia|paresis|troph(?:y|ies)|"
    r"ectasi[as]|ectasis|algias?|iasis|iases|penia|celes?|pnea|phobias?|malacia|rrhea|rrhages?|rrhagia|lysis|ptosis|"
    r"spasms?|dynia|megaly|kinesia|phasia|phagia|praxia|lexia|esthesia|plasias?|somnias?|thymia|tonia|taxias?|trichia|"
    r"edema|cytosis|cythemia|ptysis|plakia|pyema|toxicosis|schisis|cephal[uy]s?|sarcoidosis|ism|arthria|"
    r"anopsia|dactyly|cidosis|kalosis|philia|listhesis|necrosis|sclerosis|stenos[ie]s|fibrosis|porosis)"
)
_ALSO_DISEASES = frozenset(
    """
    abscess abscesses acne allergy alopecia amblyopia amputation aneurysm aneurysms angina anorexia anxiety
    apnea arrhythmia arrhythmias asthma astigmatism ataxia autism bronchiectasis bulimia bunion bursopathy
    cancer cancers carcinoma cardiomyopathy cataract cataracts cellulitis chlamydia cholera chorea cirrhosis
    claudication colic concussion constipation contusion coxarthrosis croup cyst cysts deafness dehydration
    delirium dementia depression diabetes diarrhea diplopia dislocation dislocations diphtheria dizziness
    dyslexia dyspepsia dyspnea dystonia dysuria eczema eclampsia effusion embolism embolus emphysema
    endometriosis enuresis epilepsy epistaxis erysipelas erythema fibrillation fibroid fibroids fibromyalgia
    fistula flutter fracture fractures frostbite furuncle gangrene gingivitis glaucoma goiter gout hammertoe
    headache headaches heartburn hematoma hemorrhoids hepatitis hernia hernias herpes hydrocephalus hypertension
    hypotension hypoxia ileus impetigo incontinence infarct infarction infertility influenza insomnia ischemia
    jaundice kyphosis lordosis laceration leukemia lumbago lupus lymphedema lymphoma malaria malnutrition
    measles melanoma menopause migraine migraines mononucleosis mumps myalgia myeloma narcolepsy neuralgia
    neuroma neuropathy obesity osteoarthritis osteopenia osteopetrosis overweight palpitations palsy palsies
    pancytopenia panic paraplegia parkinsonism pemphigus pertussis phlebitis plagiocephaly pleurisy pneumonia
    pneumothorax polio poliomyelitis polyp polyps porphyria prediabetes pre-eclampsia preeclampsia proteinuria
    pruritus psoriasis psychosis quadriplegia rabies radiculopathy reflux rhinitis rickets rosacea rupture
    ruptures sarcoma scabies scar scars schizophrenia sciatica scleroderma scoliosis sepsis shingles shortness
    sickness sinusitis spondylolisthesis sprain sprains stomatitis strabismus strain strains stroke strokes stye
    subluxation syncope syphilis tachycardia bradycardia tendinitis tendinopathy tetanus tetraplegia
    tetraparesis tinnitus torticollis tuberculosis typhoid ulcer ulcers urticaria uveitis vaginismus varices
    vertigo vitiligo wart warts whiplash xerostomia mellitus insipidus vulgaris simplex zoster gravis pectoris
    multiplex media externa pulmonale gangrenosum nodosum rheumatica planus pigmentosa imperfecta fugax covid
    """.split()
)
_ALSO_GENERAL = frozenset(
    """
    disorder disorders disease diseases syndrome syndromes infection infections injury injuries deficiency
    failure dysfunction deformity deformities lesion lesions pain weakness loss difficulty difficulties
    abnormality abnormalities disturbance disturbances complication complications insufficiency instability
    instabilities stiffness swelling contracture tear tears attack attacks burn burns wound wounds fever
    reaction block tremor tremors spasm spasms abuse dependence withdrawal malformation malformations defect
    defects damage obstruction compression displacement degeneration derangement inflammation irritation
    intolerance impairment neoplasm neoplasms tumor tumors growth mass atrophy hypertrophy enlargement narrowing
    blockage tightness numbness tingling fatigue exhaustion anxiety trauma arrest bleeding bruise bruising
    collapse condition conditions congestion crisis delay deposit deposits deviation discharge discomfort
    dissection distress drop dyskinesia eruption excess exposure fissure fusion hole hyperfunction hypofunction
    illness imbalance immobility impingement entrapment incompetence incoordination infestation insult
    intoxication itching laxity leak leakage limp lump malabsorption malfunction malposition malunion nonunion
    mutism nausea nodule nodules occlusion overload palsy paralysis perforation poisoning prolapse rash
    regurgitation resistance retention retardation retraction rigidity seizure seizures sensitivity separation
    shock slowing sleepiness snoring soreness spur spurs stress strictures stricture suppression tenderness
    thrombus torsion toxicity twitching unsteadiness upset vomiting wasting tic tics addiction ache aches
    hemorrhage thickening bowing shortening varus valgus spots floaters cramps cramp convulsions sore sores ptsd problem
    problems trouble symptoms symptom
    """.split()
)
_NEVER_HEADS = frozenset(
    """
    other body forms effect effects findings finding level levels use care related affected originating state
    type types stage evidence specified specific contact status weeks age behavior changes change food site
    sites region person encounter absence presence labor delivery birth pregnancy gestation puerperium nk alone
    product products result results screening study scan test treatment underdosing application individual score
    risk history organism acute chronic subacute bilateral unilateral diffuse severe mild secondary primary
    recurrent
    """.split()
)
_BODY = """
    abdomen abdominal achilles ankle ankles anterior aorta aortic arm arms arterial arteries artery atrial back
    bile biceps bladder blood bone bones bowel bowels brain breast breasts bronchial calf cardiac carpal
    cerebral cervical chest coccyx collateral colon cord corneal coronary cranial cruciate cuff digestive disc
    discs disk disks duct duodenal ear ears elbow elbows esophageal eye eyes eyelid face facial feet femur
    femoral fibula finger fingers foot forearm forefoot gall gastric glands gland gum gums hair hamstring hand
    hands head heart heel heels hip hips intestinal intestine jaw jaws joint joints kidney kidneys knee knees
    labral labrum larynx lateral leg legs ligament ligaments limb limbs lip liver lower lumbar lumbosacral lung
    lungs lymph medial meniscus meniscal metabolic mouth muscle muscles nail nails nasal neck nerve nerves
    nervous node nodes nose optic ovarian ovary palm pancreas pancreatic patella patellar patellofemoral pelvic
    pelvis penis peripheral pharynx plantar posterior prostate pulmonary rectal rectum renal retina retinal rib
    ribs rotator sacral sacroiliac sacrum scalp shoulder shoulders sinus sinuses skin skull soft spinal spine
    spleen stomach supraspinatus tear teeth temporomandibular tendon tendons testicle thigh thoracic throat
    thumb thumbs thyroid tibia tibial tissue toe toes tongue tooth tonsils trachea tract trunk ulnar upper
    urethra urinary uterine uterus vaginal valve vascular vein veins venous ventricular vertebra vertebrae
    vertebral vessel vessels vision visual vocal wrist wrists
    """
_TELLS_APART = """
    abnormal accidental acquired active acute adult advanced age aggressive alcohol alcoholic allergic anal
    anemic antineoplastic chemotherapy artificial aseptic asymptomatic atypical autoimmune bacterial benign
    bilateral both breakthrough broken calcific central chronic class classic clinical closed combined common
    compensated complete complex complicated congenital controlled continuous cystic deep degenerative
    depressive diabetic diffuse displaced distal drug due early eating emotional end-stage enlarged episode
    episodic erosive essential exertional external extreme familial fatigue fatty female first flail focal
    following fourth frequent frozen full functional fungal generalized gestational grade hereditary hepatic
    high idiopathic immune inattentive incomplete induced infantile infectious infective inferior inflammatory
    inherited initial injury inner inoperable intermittent internal intractable irritable irregular ischemic
    isolated juvenile large late left level light localized long low lower lymphatic major male malignant manic
    massive mechanical mental metabolic metastatic mild minor mixed moderate mood morbid motor movement moving
    multiple myofascial native neoplastic neurogenic new nicotine nocturnal nonspecific non-traumatic
    nontraumatic obsessive obstructive occupational old open opioid other outer overuse overactive overlapping
    painful panic partial pathological peripheral permanent persistent personality phantom pigmented
    postmenopausal postoperative postpartum post-traumatic posttraumatic primary progressive prolonged proximal
    psychotic pure radiation recurrent reactive red refractory remitting residual restless resistant rheumatic
    rheumatoid right second secondary seasonal seizure sensory severe sexual sick single site sites sleep
    slipped slow small social solitary somatic spastic specified speech spontaneous stable stage static stress
    subsequent sudden superficial superior symptomatic systemic tension terminal third tick tight tobacco tonic
    total toxic transient traumatic trigger type uncomplicated uncontrolled unilateral unspecified unstable
    unusual upper valvular viral vitamin weak white widespread winter wide attention deficit hyperactivity
    bipolar cold heat iron lead insulin lipid lipids cholesterol glucose sugar calcium protein sodium potassium
    magnesium phosphorus air food milk egg eggs peanut bee cat dog dust latex pollen drug substance cannabis
    cocaine post pre non anti sub region critical septic wear curve cor end compression remission borderline resistant
    onset old-age presentation type mode
    """
_NO_DISEASES = frozenset("media externa cor mellitus tibia organism mechanism metabolism genitalia".split())
COMMON = 2000  # how often a word stands in the frequency list to be an everyday word


def lexicon() -> dict[str, list[str]]:
    """The kinds of words, each sorted."""
    heads: Counter[str] = Counter()
    words: set[str] = set()
    for description in _descriptions():
        words.update(_WORD.findall(description))
        first = _WORD.findall(_FIRST_PART.split(description)[0])
        if first:
            heads[first[-1]] += 1
    everyday = _everyday()
    found = set(heads) - _NEVER_HEADS
    disease = {w for w in found | words if DISEASE.fullmatch(w) and w not in everyday} | _ALSO_DISEASES
    disease |= {w for w in found if re.fullmatch(r"[a-z]{4,}i(?:a|tes)", w) and w not in everyday}
    disease -= _NO_DISEASES
    general = _ALSO_GENERAL - disease
    body_and_more = set(_BODY.split()) | set(_TELLS_APART.split())
    describes = {word for word in words if word not in everyday and len(word) > len("of")} | body_and_more
    describes -= disease | general | _FUNCTION
    return {"disease": sorted(disease), "general": sorted(general), "describes": sorted(describes)}


_FUNCTION = frozenset(
    """
    and or of in with without due the to by from for not on at as than that is are any all other elsewhere
    otherwise classified unclassified encounter nec nos following into after during while between under within
    resulting
    """.split()
)


def _descriptions() -> set[str]:
    book = icd10cm._book()  # its own builder
    rows = (book.row(number) for number in range(book.rows))
    return {row.description.lower() for row in rows if row.code[0] in _CHAPTERS}


def _everyday() -> frozenset[str]:
    from spellchecker import SpellChecker

    counted = SpellChecker(language="en").word_frequency.dictionary
    return frozenset(word for word, count in counted.items() if count > COMMON)


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the words of illnesses' names from the official descriptions.")
    parser.add_argument("--to", type=Path, default=Path(__file__).with_name("illness_words.txt"))
    given = parser.parse_args()
    kinds = lexicon()
    given.to.write_text("".join(f"{kind} {' '.join(words)}\n" for kind, words in kinds.items()), "utf-8")


if __name__ == "__main__":
    main()
