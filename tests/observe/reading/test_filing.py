"""What was read becomes claims of a case: known people keep their ids, new ones come along."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.observe.reading.makers import (
    ANGRIA,
    DENIED,
    FORD,
    GONDAL,
    GUARD,
    MAY_SEND,
    SHELLED,
    TEXT,
    Scripted,
    document,
)

from foreshock.case import coding
from foreshock.case.adding import AddedRow
from foreshock.case.export import cells_of
from foreshock.case.tables import read_cells
from foreshock.core.errors import ReadingError
from foreshock.core.places import Place
from foreshock.core.quantities import Quantity
from foreshock.core.time import Precision
from foreshock.evidence.actors import Actor, Alias
from foreshock.evidence.claim import Attribution, Kind, Modality, Polarity, Relation, Report, Source
from foreshock.lexicon.gazetteer import people
from foreshock.observe.reading.duplicates import mark
from foreshock.observe.reading.filing import file_reading, require_origin
from foreshock.observe.reading.known import Known
from foreshock.observe.reading.record import Party, Reading, Record, Spoken, Where

EMPTY = ()
CASE = (
    Actor(id="gdl", name="Gondal", kind="state", country="GDL", sector="GOV"),
    Actor(id="angria-state", name="Kingdom of Angria", aliases=(Alias("Angria"),)),
    Actor(id="free-guard", name="Free Guard",
          aliases=(Alias("Angrian protesters", date(2021, 1, 1)),)),
    Place(id="ford", name="Ford", aliases=("the Ford",), lat=10.01, lon=20.01),
    Source(id="gazette", name="The Gazette", kind="newspaper"),
    Source(id="war-ministry", name="Ministry of War", kind="ministry", side="gdl"),
)  # fmt: skip


def _filed(*records, case=CASE, **fields):
    text = fields.pop("text", TEXT)
    reading = Scripted(*records).read(document(text, **fields))
    return file_reading(reading, Known.of(case, reading.document.published))


def test_people_places_and_voices_of_the_case_keep_their_ids():
    filed = _filed(SHELLED)
    (claim,) = filed.claims
    assert (claim.actors, claim.recipients, claim.place) == (("gdl",), ("angria-state",), "ford")
    assert claim.chain == (Attribution("war-ministry", "said"), Attribution("gazette"))
    assert claim.span == (TEXT.index("shelled"), TEXT.index("seven people") + len("seven people"))
    assert (claim.coder, claim.basis, claim.known_at) == ("scripted 1", "read", date(2020, 2, 5))
    assert claim.quantities == SHELLED.quantities
    assert [type(each) for each in filed.entries] == [Report]


def test_whom_the_case_does_not_know_comes_along():
    filed = _filed(replace(SHELLED, recipients=(GUARD,)), case=EMPTY)
    new = {each.id: each for each in filed.entries if not isinstance(each, Report)}
    assert new["angria-protesters"] == Actor(
        id="angria-protesters", name="Angrian protesters", kind="population",
        country="AGR", sector="CVL",
    )  # fmt: skip
    assert new["gondal"].kind == "state"
    assert (new["the-ford"].lat, new["the-ford"].lon) == (10.0, 20.0)
    assert new["ministry-of-war"] == Source(
        id="ministry-of-war", name="Ministry of War", side="gondal"
    )
    assert new["the-gazette"].name == "The Gazette"


def test_a_name_counts_from_the_day_on_which_it_came_up():
    record = replace(SHELLED, actors=(GUARD,))
    assert _filed(record).claims[0].actors == ("angria-protesters",)
    later = _filed(record, published=date(2021, 5, 1))
    assert later.claims[0].actors == ("free-guard",)


def test_two_places_of_one_name_far_apart_are_two():
    far = replace(FORD, lat=50.0, lon=-3.0, id="ford", name="Ford", country="GDL")
    filed = _filed(replace(SHELLED, place=far))
    assert filed.claims[0].place == "ford-gdl"


def test_unnamed_officials_are_voices_of_their_side_alone():
    officials = Spoken(id="officials", name="officials", cue="said", kind="unnamed")
    sides = [replace(officials, side=side) for side in ("gondal", "angria", "")]
    known = Known.of(())
    assert [known.speaker(link) for link in sides] == [
        "officials-gondal", "officials-angria", "officials",
    ]  # fmt: skip


def test_an_office_holder_is_known_by_the_last_name():
    minister = Source(id="brunty", name="Brunty, war minister of Gondal", kind="office-holder",
                      side="gdl")  # fmt: skip
    link = Spoken(id="b", name="War Minister Branwell Brunty", kind="person", side="gdl")
    known = Known.of((*CASE, minister))
    assert known.speaker(link) == "brunty"
    assert known.speaker(replace(link, side="angria-state")) != "brunty"


def test_whoever_holds_an_office_is_a_part_of_the_state_and_speaks_for_it():
    queen = Party(id="the-queen", name="The Queen", country="GDL", sector="GOV")
    rebel = Party(id="the-pretender", name="The Pretender", country="GDL", sector="REB")
    known = Known.of(CASE)
    assert known.actors[known.actor(queen)].parents == ("gdl",)
    assert known.actors[known.actor(rebel)].parents == ()
    peru = Actor(id="lima", name="Peru (state)", kind="state", country="PER")
    known = Known.of((peru,))
    fujimori = next(each for each in people() if each.country == "PER" and each.sector == "GOV")
    spoken = Spoken(id="x", name="The President", kind="person", side=fujimori.id)
    assert known.sources[known.speaker(spoken)].side == "lima"
    known.actor(Party(id=fujimori.id, name="X", country="PER", sector="GOV"))
    assert known.sources[known.speaker(replace(spoken, name="He"))].side == "lima"


def test_a_state_that_speaks_is_its_government():
    government = Source(id="crown", name="Gondal government", kind="government", side="gdl")
    office = Source(id="court", name="Gondal court", kind="government", side="gdl")
    state = Spoken(id="gondal", name="Gondal", kind="party", side="gdl")
    assert Known.of((*CASE, office, government)).speaker(state) == "crown"
    assert Known.of((*CASE, office)).speaker(state) == "gondal"


def test_a_voice_is_known_by_its_name_before_the_comma():
    columnist = Source(id="zoe", name="Zoe Brown, columnist", kind="analyst")
    assert Known.of((columnist,)).speaker(Spoken(id="z", name="Zoe Brown", kind="person")) == "zoe"
    assert Known.of((columnist,)).publisher("Zoe") == "zoe"


def test_links_conditions_and_denials_are_kept():
    shelled, denied, may_send = _filed().claims
    assert denied.linked(Relation.ANSWERS) == (shelled.id,)
    assert may_send.condition == "If talks fail"
    assert "on a condition: If talks fail" in may_send.summary
    assert denied.summary.startswith("Denied: Angria → Gondal: assault")
    assert len({claim.key for claim in (shelled, denied, may_send)}) == 3


def test_two_branches_of_one_sentence_are_two_claims():
    other = replace(MAY_SEND, condition="Unless they do", key="c4")
    assert len(_filed(MAY_SEND, other).claims) == 2
    assert len(_filed(MAY_SEND, replace(MAY_SEND, key="c4")).claims) == 1


def test_what_has_happened_on_a_day_not_told_happened_by_the_day_of_the_report():
    for undated in (replace(SHELLED, start=None, end=None),
                    replace(SHELLED, start=date(2020, 2, 9), end=date(2020, 2, 9))):  # fmt: skip
        claim = _filed(undated).claims[0]
        assert (claim.start, claim.precision) == (date(2020, 2, 5), Precision.BY)
    assert _filed(MAY_SEND).claims[0].start is None


def test_figures_are_of_the_case_actors_and_of_things_that_cases_count():
    counted = (
        Quantity("killed", "angria/soldiers", best=2),
        Quantity("killed", "unheard-of", best=1),
        Quantity("killed", "angria/unheard-of", best=3),
        Quantity("teacups", best=4),
    )
    filed = _filed(replace(SHELLED, quantities=counted))
    assert [each.group for each in filed.claims[0].quantities] == [
        "angria-state/soldiers", "", "angria-state/people",
    ]  # fmt: skip
    assert any("counts what no case knows" in note for note in filed.notes)


def test_a_state_has_no_type():
    claim = _filed(replace(SHELLED, kind=Kind.STATE, type="COERCE", mode="holds")).claims[0]
    assert (claim.type, claim.mode) == ("", "holds")


@pytest.mark.parametrize(("field", "mend"), [("source", "--source"), ("published", "--published")])
def test_a_text_without_publisher_or_day_goes_into_no_case(field, mend):
    with pytest.raises(ReadingError, match=mend):
        require_origin(document(**{field: "" if field == "source" else None}))
    require_origin(document())


# ---------------------------------------------------------------------- copies

LONG = (
    TEXT
    + " "
    + " ".join(f"The {n}th column crossed the river {n * 3} days ago." for n in range(40))
)
WIRE = Report(source="wire", key="wire.1", published=date(2020, 2, 4), text_digest=mark(LONG))


def test_the_same_text_again_is_the_same_report():
    first = _filed(text=LONG)
    again = _filed(text=LONG, case=(*CASE, *first.entries))
    assert again.report == first.report
    assert [claim.id for claim in again.claims] == [claim.id for claim in first.claims]
    assert "the case holds this text already" in again.notes


def test_a_copy_adds_no_voice():
    filed = _filed(SHELLED, text=LONG, case=(*CASE, WIRE))
    assert filed.report.copy_of == "wire"
    own = replace(SHELLED, chain=())
    claim = _filed(own, text=LONG, case=(*CASE, WIRE)).claims[0]
    assert claim.voice(filed.report) == "wire"


def test_the_copy_of_a_copy_leads_to_the_first():
    mail = Report(source="mail", key="mail.1", copy_of="wire", text_digest=mark(LONG))
    assert _filed(text=LONG, case=(*CASE, mail)).report.copy_of == "wire"


def test_a_new_version_by_the_same_publisher_is_no_copy():
    before = Report(source="gazette", key="g.1", text_digest=mark(LONG + " It rained."))
    assert _filed(text=LONG, case=(*CASE, before)).report.copy_of == ""


@pytest.mark.parametrize(
    ("agency", "credited", "source"),
    [
        (Source(id="nw", name="Northern Wire", kind="news agency"), "Northern Wire", "nw"),
        (Source(id="ap", name="AP", kind="news agency"), "Associated Press", "ap"),
        (CASE[0], "Associated Press", "associated-press"),
    ],
)
def test_a_credited_agency_is_the_voice(agency, credited, source):
    text = f"GLASSTOWN ({credited}) - {TEXT}"
    filed = file_reading(Scripted().read(document(text)), Known.of((*CASE, agency)))
    assert filed.report.copy_of == source
    own = Scripted().read(document(text, source=credited))
    assert file_reading(own, Known.of((*CASE, agency))).report.copy_of == ""


def test_media_are_one_source_under_all_their_names():
    known = Known.of(())
    assert known.publisher("AFP") == known.publisher("Agence France-Presse")
    assert known.sources[known.publisher("AFP")].kind == "news agency"
    china = Actor(id="prc", name="China", kind="state", country="CHN")
    known = Known.of((china,))
    assert known.sources[known.publisher("Xinhua")].side == "prc"


def test_a_state_is_known_by_its_country_where_its_name_differs():
    realm = Party(id="realm", name="The Realm", country="GDL")
    assert Known.of(CASE).actor(realm) == "gdl"
    assert Known.of(CASE).actor(replace(realm, sector="REB")) == "realm"
    assert Known.of(CASE).actor(GONDAL) == "gdl" and Known.of(CASE).actor(ANGRIA) == "angria-state"


def test_what_was_denied_is_filed_as_denied():
    assert _filed(DENIED).claims[0].polarity == "denied"


# ---------------------------------------------------------------------- whatever was read

words = st.text(max_size=40)
parties = st.builds(Party, id=words, name=words, country=st.sampled_from(["", "GDL", "IGO"]),
                    sector=st.sampled_from(["", "MIL", "CVL"]), words=words)  # fmt: skip
places = st.builds(Where, id=words, name=words, lat=st.none() | st.floats(-90, 90),
                   lon=st.none() | st.floats(-180, 180))  # fmt: skip
days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
anything = st.builds(
    Record,
    key=words,
    kind=st.sampled_from(Kind),
    type=st.sampled_from(["ASSAULT", "CONSULT", "STATEMENT"]),
    modality=st.sampled_from(Modality),
    polarity=st.sampled_from(Polarity),
    actors=st.lists(parties, max_size=3).map(tuple),
    recipients=st.lists(parties, max_size=2).map(tuple),
    start=st.none() | days,
    place=st.none() | places,
    origins=st.lists(places, max_size=2).map(tuple),
    quantities=st.lists(
        st.builds(Quantity, what=st.sampled_from(["killed", "x"]), group=words,
                  best=st.integers(0, 999).map(float)), max_size=2).map(tuple),
    chain=st.lists(st.builds(Spoken, id=words, name=words, cue=words, side=words,
                             kind=st.sampled_from(["person", "unnamed", "publisher", "party"])),
                   max_size=3).map(tuple),
    span=st.just((0, 5)),
    condition=words,
    consequence=words,
    due=st.none() | days,
)  # fmt: skip


@given(anything, words, words)
def test_whatever_was_read_goes_through_a_table_with_its_identity(record, title, source):
    reading = Reading(document=document(title=title, source=source), records=(record,))
    filed = file_reading(reading, Known.of(CASE))
    (claim,) = filed.claims
    cells = cells_of(claim, filed.report, {claim.id: claim.key})
    row, faults = read_cells(cells, "a", 1, AddedRow)
    assert not faults
    again = coding.claim(row, filed.report)
    if filed.report.source:
        assert again.id == claim.id and again.summary == claim.summary
    for entry in filed.entries:
        assert getattr(entry, "id", "x") and getattr(entry, "name", "x") is not None
