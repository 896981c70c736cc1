"""The placebo: what the same fit finds on data in which nothing excites anything.

A baseline that moves faster than the model lets it looks like excitation, so a reproduction number
alone says little (Filimonov & Sornette 2015, arXiv:1308.6756). The placebo's data come from a
baseline fitted without excitation that may move by the week and jump.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foreshock.core.random import stream
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.likelihood import Numbers
from foreshock.forecast.escalation.excitation.meaning import radius
from foreshock.forecast.escalation.excitation.model import Excitation, MovingLevel
from foreshock.forecast.escalation.excitation.prior import ExcitationPrior
