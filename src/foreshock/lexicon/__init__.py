"""Controlled vocabularies as data files: what can be done, counted and said, and in whose codes."""

from foreshock.lexicon.amounts import bounds_in_words
from foreshock.lexicon.crosswalk import (
    AcledSide,
    AcledSubEvent,
    CameoCode,
    UcdpViolence,
    acled_sides,
    acled_sub_event,
    cameo_acts,
    cameo_root,
    from_acled,
    from_cameo,
    from_ucdp,
    goldstein,
    ucdp_type_of_violence,
)
from foreshock.lexicon.ontology import (
    EventType,
    Mode,
    Ontology,
    QuantityKind,
    Term,
    event_mode,
    event_type,
    load_ontology,
)
from foreshock.lexicon.quantity_words import Bounds, Modifier, band, bounds, modifier
from foreshock.lexicon.vocabulary import Vocabulary

__all__ = [
    "AcledSide",
    "AcledSubEvent",
    "Bounds",
    "CameoCode",
    "EventType",
    "Mode",
    "Modifier",
    "Ontology",
    "QuantityKind",
    "Term",
    "UcdpViolence",
    "Vocabulary",
    "acled_sides",
    "acled_sub_event",
    "band",
    "bounds",
    "bounds_in_words",
    "cameo_acts",
    "cameo_root",
    "event_mode",
    "event_type",
    "from_acled",
    "from_cameo",
    "from_ucdp",
    "goldstein",
    "load_ontology",
    "modifier",
    "ucdp_type_of_violence",
]
