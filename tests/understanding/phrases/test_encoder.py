import pytest

from mianyue.understanding.phrases.encoder import near


class Fixed:
    """An encoder that knows a few words."""

    VECTORS = {"卖货直播": [1.0, 0.1], "live commerce": [1.0, 0.0], "welding": [0.0, 1.0], "nothing": [0.0, 0.0]}

    def embed(self, texts):
        return [self.VECTORS.get(text, [0.0, 0.0]) for text in texts]


@pytest.mark.parametrize(
    ("phrase", "concepts", "found"),
    [
        ("k8s", ["Java", "Kubernetes"], "Kubernetes"),
        ("卖货直播", ["welding", "live commerce"], "live commerce"),
        ("卖货直播", ["welding"], None),
        ("nothing", ["welding"], None),
        ("卖货直播", [], None),
    ],
)
def test_the_table_goes_first_then_the_nearest_meaning(phrase, concepts, found):
    assert near(phrase, concepts, Fixed(), 0.9) == found


def test_without_an_encoder_only_the_table_speaks():
    assert near("k8s", ["Kubernetes"], None, 0.9) == "Kubernetes"
    assert near("卖货直播", ["live commerce"], None, 0.9) is None


def test_what_the_table_tells_apart_no_encoder_joins():
    class Same:
        def embed(self, texts):
            return [[1.0] for _ in texts]

    assert near("Java", ["JavaScript"], Same(), 0.5) is None
