import re
from collections import Counter

from mianyue.understanding.skills.table import FAMILIES, broader, concept_of, concepts
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import sections


def test_the_table_covers_twelve_families_of_jobs_in_both_languages():
    assert len(concepts()) >= 1500
    assert len(FAMILIES) >= 12
    assert min(Counter(concept.family for concept in concepts().values()).values()) >= 80
    assert sum(1 for concept in concepts().values() if concept.zh and concept.en) >= 1500


def test_no_id_stands_twice_and_every_parent_is_there():
    ids = [
        line.partition("|")[0].strip()
        for family in FAMILIES
        for lines in sections(f"skills/families/{family}.txt").values()
        for line in lines
    ]
    assert [key for key, times in Counter(ids).items() if times > 1] == []
    assert {parent for concept in concepts().values() for parent in concept.parents} <= set(ids)


def test_names_stand_in_the_column_of_their_language_and_are_simplified():
    han = re.compile(r"[\u3400-\u9fff]")
    for concept in concepts().values():
        assert [name for name in concept.zh if not han.search(name)] == []
        assert [name for name in concept.en if han.search(name)] == []
        assert [name for name in concept.zh if simplified(name) != name] == []


def test_a_concept_is_found_by_any_of_its_spellings():
    assert concept_of("k8S").id == concept_of("Ｋｕｂｅｒｎｅｔｅｓ").id == "kubernetes"
    assert concept_of("機器學習") is concept_of("Machine-Learning")
    assert concept_of("Fooble Bar") is None


def test_broader_concepts_never_run_in_circles():
    for concept in concepts().values():
        assert concept not in broader(concept)
    assert "artificial-intelligence" in [each.id for each in broader(concept_of("PyTorch"))]
