"""What may follow: pairs with their fans, questions with their answers, and the track record."""

from __future__ import annotations

from foreshock.brief.document import Brief
from foreshock.brief.forecast_words import methods_in_words, standing_in_words
from foreshock.brief.page.answers import questions_panels
from foreshock.brief.page.pairs_ahead import overview, pairs_panels, withheld
from foreshock.brief.page.track_record import record_panels
from foreshock.brief.page.view import Panel, View
from foreshock.core.time import say_day

HOW = (
    "A forecast is many futures, each as likely as any other; a probability is the share of them "
    "in which something happens. What was counted stands before the line of the day, and rests on "
    "the acts listed below each picture. A sum of seven days shows a rise or a fading even where "
    "most single days are empty; a burst leaves it after seven days, in one step.\n\nSimple "
    "methods stand beside every number, so that you can see what the model adds to them. It says "
    "what carries a forecast, never what causes what."
)


def outlook_view(brief: Brief) -> View:
    """Show the forecast, people's forecasts beside it, and how good forecasts were."""
    forecast = brief.forecast
    lead = standing_in_words(brief) if forecast.issued else forecast.reason
    if brief.afterwards:
        lead += (
            f" What was known by {say_day(brief.afterwards.day)} is shown beside it, marked as "
            "seen afterwards: the forecast knew nothing of it."
        )
    if forecast.issued:
        lead += f"\n\n{HOW}"
    return View(
        id="outlook",
        title="What may follow",
        lead=f"{lead}\n\nEach question says by whom and by which rule it will be settled, before "
        "it is. Forecasts by people and institutions stand beside it in their own words.",
        panels=[
            *_whole(brief),
            *pairs_panels(brief),
            *_made(brief),
            *questions_panels(brief),
            *record_panels(brief),
        ],
        notes=(brief.ledger.note,) if brief.ledger.record else (),
    )


def _whole(brief: Brief) -> list[Panel]:
    forecast = brief.forecast
    if not forecast.issued:
        return []
    return [
        Panel(
            id="ahead",
            title="Pair by pair",
            tables=[table for table in (overview(brief), withheld(brief)) if table.rows],
            note=_methods(brief),
        )
    ]


def _made(brief: Brief) -> list[Panel]:
    notes = [*brief.forecast.notes, *_reproduction(brief)]
    if not brief.forecast.issued or not notes:
        return []
    about = f"Configuration {brief.forecast.config}, seed {brief.forecast.seed}."
    return [
        Panel(
            id="ahead-method",
            title="How the forecast was made, and what to bear in mind",
            note="\n\n".join([*notes, about]),
            folded=True,
        )
    ]


def _methods(brief: Brief) -> str:
    totals = [t for s in brief.forecast.series for m in s.measures for t in m.totals]
    return methods_in_words(name for total in totals for name in total.baselines)


def _reproduction(brief: Brief) -> list[str]:
    found = brief.forecast.reproduction
    if found is None:
        return []
    low, middle, high = found.placebo
    verdict = (
        "more than the placebo shows: recent acts do foretell further ones"
        if found.distinct
        else "no sign that acts bring forth acts"
    )
    return [
        f"Reproduction number, day by day: {found.value:.2f} (90 % interval {found.low:.2f}–"
        f"{found.high:.2f}), the acts that one act is expected to bring forth. Its placebo, the "
        "same fit on series made without any excitation, gives "
        f"{middle:.2f} ({low:.2f}–{high:.2f}): {verdict}."
    ]
