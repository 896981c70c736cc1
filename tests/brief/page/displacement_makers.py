"""A forecast of displacement made by hand: no model stands behind it."""

from datetime import timedelta

from tests.brief.page import makers as make

from foreshock.brief import displacement as item
from foreshock.brief.forecasts import BandItem, CameItem, FanItem
from foreshock.brief.items import PlaceItem

HORIZON = 30
BY = [3, 7, 14, 30]
COUNTER = "Aid Office"


def place(number: int, **changes) -> PlaceItem:
    told = {
        "id": f"sd-{number}",
        "name": f"Ward {number} sub-district",
        "lat": 45 + 0.07 * (number % 5),
        "lon": 10 + 0.09 * (number // 5),
        "kind": "subdistrict",
    }
    return PlaceItem(**told | changes)


def amount(median: float) -> item.AmountItem:
    return item.AmountItem(median=median, low=round(median / 4, 4), high=round(3 * median, 4))


def fan(start: float, days: int) -> FanItem:
    middle = [start + 9_000 * (day + 1) for day in range(days)]
    wide = {0.5: 3_000, 0.8: 6_000, 0.95: 14_000}
    return FanItem(
        median=middle,
        bands=[
            BandItem(
                share=share,
                low=[value - step * (day + 1) / 3 for day, value in enumerate(middle)],
                high=[value + step * (day + 1) for day, value in enumerate(middle)],
            )
            for share, step in wide.items()
        ],
    )


def count(key: str, days_ago: int, people: float, weight: float = 1.0) -> item.TotalCountItem:
    return item.TotalCountItem(
        day=make.ago(days_ago), people=people, weight=weight, claims=[key] if key else []
    )


def total(days: int, **changes) -> item.RunningTotalItem:
    return make._made(item.RunningTotalItem, changes,
        median=586_000 + 9_000.0 * days, low=560_000.0 + 2_000 * days,
        high=600_000.0 + 30_000 * days, days=days, last=make.ago(-days), entry=days,
        baselines={"last rate": amount(700_000), "mean rate": amount(650_000)},
    )  # fmt: skip


def origin(number: int, **changes) -> item.LeavingItem:
    return make._made(item.LeavingItem, changes,
        place=place(number), threat=round(1 / (1 + number), 3), people=10_000.0 * (number + 1),
        share=amount(0.2 / (number + 1)), claims=[f"front{number}"],
    )  # fmt: skip


def destination(number: int, **changes) -> item.ReachedItem:
    likely = 0.9 / (1 + number)
    return make._made(item.ReachedItem, changes,
        place=place(number), share=amount(0.12 / (number + 1)),
        simple={"uniform": 0.04, "population": 0.0 if number == 2 else 0.05},
        arrivals=amount(30_000 / (number + 1)), entry=100 + number,
        chances={
            "10000": [likely * part for part in (0.2, 0.4, 0.7, 1.0)],
            "50000": [likely * part / 6 for part in (0.2, 0.4, 0.7, 1.0)],
        },
        lead={"10000": 11 if number < 2 else None, "50000": None},
    )  # fmt: skip


def flow(start: int, end: int, people: float) -> item.FlowItem:
    return item.FlowItem(
        origin=f"sd-{start}", destination=f"sd-{end}", share=amount(0.02), people=amount(people)
    )


def displacement(places: int = 25, **changes) -> item.DisplacementItem:
    """Make a forecast between so many sub-districts, on two counts that do not fit together."""
    return make._made(item.DisplacementItem, changes,
        issued=True, reason="", model="made up", config="c1/500 members/40 days", seed=3,
        members=500, standing="hindcast", area=PlaceItem(id="north", name="the north"),
        counter=COUNTER, since=make.ago(60), known_to=make.ago(3), horizon=HORIZON, by=BY,
        counts=[
            count("early", 22, 350_000),
            count("late", 3, 586_000, 0.86),
            count("rival", 1, 520_000, 0.8),
        ],
        running=fan(586_000, 40),
        totals=[total(days) for days in (7, 14, 30)],
        origins=[origin(number) for number in range(places)],
        destinations=[destination(number) for number in range(places)],
        flows=[flow(0, number, 4_000 / number) for number in range(1, places)],
        spans=[
            item.SpanOfFlowItem(
                first=make.ago(-1 - 3 * step), last=make.ago(-3 - 3 * step), people=amount(27_000)
            )
            for step in range(10)
        ],
        left_out={"Ford sub-district": "nobody says who holds a place in it",
                  "Mill sub-district": "nobody says who holds a place in it"},
        thin="3 counts of the total", notes=["Moves may be counted twice."],
    )  # fmt: skip


def short() -> item.DisplacementItem:
    """Make a forecast of two days: too short for flows, totals and chances."""
    none = {"10000": [], "50000": []}
    return displacement(
        3, horizon=2, by=[], totals=[], flows=[], spans=[], running=fan(586_000, 5),
        destinations=[destination(n, chances=none, lead={"10000": None}) for n in range(3)],
    )  # fmt: skip


def seen(made: item.DisplacementItem) -> item.DisplacementItem:
    """Add what was counted afterwards."""
    came = CameItem(value=961_000, covered=False, crps=91_234.0, baselines={})
    return made.model_copy(
        update={
            "totals": [
                each.model_copy(update={"came": came if each.days == HORIZON else None})
                for each in made.totals
            ],
            "afterwards": [count("later", -20, 948_000), count("later", -60, 990_000)],
            "destinations": [
                each.model_copy(
                    update={"came": 0.335, "came_claims": ["later"]} if not index else {}
                )
                for index, each in enumerate(made.destinations)
            ],
        }
    )


def brief(made: item.DisplacementItem, **changes):
    """Make a brief with a forecast of displacement, the claims on which it rests, and rivals."""
    keys = ["early", "late", "rival", "envoy", "fear", "moves", *(f"front{n}" for n in range(40))]
    claims = {key: make.claim(key) for key in keys}
    reports = {"r1": {"id": "r1", "title": "Report", "known_at": make.ago(2)}}
    given = {
        "displacement": made,
        "claims": claims,
        "reports": reports,
        "counts": {"claims": len(claims), "reports": 1, "origins": 1},
        "displaced": [
            make.count("envoy", 700_000, until=make.ago(6)),
            make.count("late", 586_000, until=make.ago(3), speaker=COUNTER),
            make.count("fear", 1_000_000, ahead=True),
            make.count("moves", 0, quantity=make.people(9, what="movements", unit="moves")),
        ],
    }
    return make.brief(**given | changes)


def afterwards(days: int = 60) -> dict:
    return {"day": make.AS_OF + timedelta(days=days), "settled": None}
