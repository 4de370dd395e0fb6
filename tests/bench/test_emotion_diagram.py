"""The reliability diagram: a picture any viewer opens, honest answers on its diagonal."""

import xml.etree.ElementTree as ElementTree

from bench.emotions.diagram import MARGIN, SIZE, reliability_svg
from sentiment.training.figures import Reliability


def test_each_bin_has_its_dot_and_an_honest_one_lies_on_the_diagonal() -> None:
    bins = [Reliability(sure=0.5, right=0.5, share=0.25), Reliability(sure=0.9, right=0.6, share=0.75)]

    root = ElementTree.fromstring(reliability_svg(bins))

    honest, sure = root.findall("{*}circle")
    assert float(honest.attrib["cx"]) == float(honest.attrib["cy"]) == MARGIN + SIZE / 2
    assert float(sure.attrib["cy"]) > MARGIN + SIZE * (1 - 0.9)
    assert float(sure.attrib["r"]) > float(honest.attrib["r"])
