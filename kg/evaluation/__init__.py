"""Measures a reading against what a person wrote down beforehand: precision, recall and F1 for each kind."""

from kg.evaluation.figures import KINDS, Figures
from kg.evaluation.folder import Folder
from kg.evaluation.outcomes import Outcome
from kg.evaluation.run import Evaluation, Scored, evaluate

__all__ = ["KINDS", "Evaluation", "Figures", "Folder", "Outcome", "Scored", "evaluate"]
