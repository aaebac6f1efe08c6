"""What is handed over as markup: the same words, links and styles, and nothing that anybody typed as tags."""

from dash import dcc, html

from layouts.aria import aria, data
from layouts.markup import baked, markup, still

TABLE = html.Table(
    [
        html.Th("a < b", scope="row", className="jd-long"),
        html.Td(html.Span(style={"width": "12.5%", "gridColumn": "3", "--columns": "4"}, **data(figure='"x" held'))),
        html.Td([dcc.Link("Karachi & South", href="/map?a=1&b=2", className="jd-count"), None, " of ", 7]),
        html.Td(dcc.Link("list", href="/complaints", refresh=True), **aria(hidden="true")),
        html.Td(html.A("tile", href="/map", tabIndex="-1", **data(way=""))),
    ]
)
WHOLE = (
    "<table>"
    '<th class="jd-long" scope="row">a &lt; b</th>'
    '<td><span data-figure="&quot;x&quot; held" style="width: 12.5%; grid-column: 3; --columns: 4"></span></td>'
    '<td><a class="jd-count" data-way="" href="/map?a=1&amp;b=2">Karachi &amp; South</a> of 7</td>'
    '<td aria-hidden="true"><a href="/complaints">list</a></td>'
    '<td><a data-way="" href="/map" tabindex="-1">tile</a></td>'
    "</table>"
)


def test_what_is_still_becomes_the_markup_of_all_that_is_in_it() -> None:
    found = baked(html.Div([html.P("before"), still(TABLE)], id="x"))
    kept, made = found.children
    assert kept.children == "before"
    assert (made.className, getattr(made, "data-html"), getattr(made, "children", None)) == ("jd-still", WHOLE, None)


def test_what_is_not_still_stays_as_it_is() -> None:
    assert baked(None) is None
    assert baked("words") == "words"
    graph = dcc.Graph(id="graph")
    assert baked([html.Div(graph)])[0].children is graph


def test_the_picture_of_a_page_has_no_styles_of_its_own() -> None:
    assert markup(html.P("x", style={"width": "1%"}, id="y")) == "<p>x</p>"
