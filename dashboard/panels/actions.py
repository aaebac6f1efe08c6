"""The panels of the register of actions: what holds, or waits, one by one; and what holds added up."""

from typing import Final

from dashboard.charts.description import Chart
from dashboard.panels.panel import Column, Listing, Panel
from dashboard.words import action_headlines as words
from dashboard.words import headlines
from dashboard.words.text import marked
from data_access.questions.actions import SORTS, action_totals, actions, all_actions
from data_access.questions.sheets import MOST
from data_access.roles import OFFICER_NAMES

_ASKED: Final = ("as_of", "from", "to", "government", "department", "office")
_KIND: Final = (
    Column("kind", "Kind slug", "text", "the kind's name in addresses, one of a list that is the same everywhere"),
    Column("kind_label", "Kind", "text", "what was ordered"),
    Column("kind_urdu", "Kind, in Urdu", "text", "the same in Urdu"),
)
_GOVERNMENT: Final = (
    Column("government_slug", "Government slug", "text", "the government's name in addresses"),
    Column("government", "Government", "text", "the government that the post belongs to, which alone acts on it"),
)

ACTIONS: Final = (
    Panel(
        name="actions",
        title=marked("Which actions were taken, on which posts?"),
        question=actions,
        headline=headlines.nothing,
        parameters=(*_ASKED, "state", "sort", "search", "limit", "cursor", "lang"),
        columns=(
            Column("id", "Action", "number", "the action's number in the register"),
            *_KIND,
            *_GOVERNMENT,
            Column("department_slug", "Department slug", "text", "the department's name in addresses"),
            Column("department", "Department", "text", "the department of the office"),
            Column("office_slug", "Office slug", "text", "the office's name in addresses"),
            Column("office", "Office", "text", "the office of the post; empty where the source names a kind of post"),
            Column("post", "Post", "text", "the designation that it is about, never a person"),
            Column("posts", "Posts", "whole", "how many posts of this designation"),
            Column("acted_on", "Ordered", "day", "the day of the order"),
            Column("authority", "By", "text", "the post that gave the order"),
            Column("order_number", "Order", "text", "the number of the order"),
            Column("reason", "Reason", "text", "why, as the order says"),
            Column("complaints", "Complaints", "whole", "how many complaints are linked to it"),
            Column("reply_due", "Reply due", "day", "the day by which the post answers; empty: no reply is asked for"),
            Column("outcome", "Outcome", "text", "what came of it; empty: nothing was entered yet"),
            Column("source", "Source", "text", "where it can be read"),
            Column(
                "state",
                "State",
                "text",
                "approved: by another account than proposed it; published: it came with the data, from its source; "
                "proposed: it waits for approval (state=proposed), whatever the as-of day",
            ),
        ),
        chart=Chart("roster", "post", ()),
        by_event_days=True,
        # A single post that was acted on is as good as a name.
        ability=OFFICER_NAMES,
        listing=Listing(all_actions, words.how_many_actions, MOST, SORTS, "-acted_on"),
    ),
    Panel(
        name="action-totals",
        title=marked("How many actions were taken, and of which kind?"),
        question=action_totals,
        headline=words.totals,
        parameters=(*_ASKED, "lang"),
        columns=(
            *_GOVERNMENT,
            *_KIND,
            Column("month", "Month", "month", "the month of the order, by its first day"),
            Column("actions", "Actions", "whole", "orders of the month"),
            Column("posts", "Posts", "whole", "posts that these orders are about"),
        ),
        chart=Chart("plain", "kind_label", ()),
        by_event_days=True,
    ),
)
