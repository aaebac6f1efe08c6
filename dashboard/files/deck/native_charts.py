"""Charts that can be edited, with their figures in a workbook of their own."""

from math import ceil
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.charts.plain_series import Drawn, Shape, Strand
from dashboard.files.deck.house import Box, colour
from dashboard.files.deck.text import describe, plain

_KINDS: Final[dict[Shape, Any]] = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked bars": XL_CHART_TYPE.BAR_STACKED,
    "lines": XL_CHART_TYPE.LINE,
    "areas": XL_CHART_TYPE.AREA_STACKED,
}
_NewData: Final[Any] = CategoryChartData  # has no types of its own
_NUMBER, _SHARE, _DAY = "#,##0", "0.0%", "d mmm yyyy"
_MONTH, _MOST_DAYS = 30, 5
_SIZE: Final = 11.0
_WIDTH: Final = 2.25  # points of a line


def put_chart(slide: Any, box: Box, drawn: Drawn, about: str) -> Any:
    """The drawing as a chart that fills the box."""
    pattern = _SHARE if drawn.unit == "fraction" else _NUMBER
    data: Any = _NewData(number_format=pattern)
    data.categories = [plain(name) if isinstance(name, str) else name for name in drawn.names]
    for strand in drawn.strands:
        data.add_series(plain(strand.label), strand.values)
    frame = slide.shapes.add_chart(_KINDS[drawn.shape], *box.units, data)
    describe(frame, about)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(_SIZE), colour("ink")
    chart.has_title = False
    chart.has_legend = len(drawn.strands) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    for series, strand in zip(chart.plots[0].series, drawn.strands, strict=True):
        _paint(series, strand, drawn.shape, alone=len(drawn.strands) == 1)
    if drawn.shape in {"bars", "stacked bars"}:
        _lay_bars(chart, drawn, pattern)
    else:
        _lay_days(chart, drawn, pattern)
    return frame


def _paint(series: Any, strand: Strand, shape: Shape, *, alone: bool) -> None:
    if shape == "lines":
        series.smooth = False
        if strand.emphasis == "plain" and not alone:  # colour is never alone in telling lines apart
            series.format.line.dash_style = MSO_LINE.ROUND_DOT
        series.format.line.width = Pt(_WIDTH)
        series.format.line.color.rgb = colour(strand.emphasis)
        return
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(strand.emphasis)


def _lay_bars(chart: Any, drawn: Drawn, pattern: str) -> None:
    """The first row at the top; numbers at the ends of bars in place of an axis."""
    plot, names, values = chart.plots[0], chart.category_axis, chart.value_axis
    plot.gap_width = 45
    names.reverse_order = True
    names.tick_labels.font.size = Pt(_SIZE)
    names.crosses = XL_AXIS_CROSSES.MAXIMUM  # turned round, its end is at the bottom, where the other axis belongs
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour("line-strong")
    values.has_major_gridlines = False
    _from_zero(values, drawn)
    if drawn.shape == "bars":
        values.visible = False
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = pattern, False
        labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(_SIZE)
    else:
        plot.overlap = 100
        _lay_values(values, pattern)


def _lay_days(chart: Any, drawn: Drawn, pattern: str) -> None:
    days, values = chart.category_axis, chart.value_axis
    _space_days(days, drawn)
    days.tick_labels.number_format, days.tick_labels.number_format_is_linked = _DAY, False
    days.tick_labels.font.size = Pt(_SIZE - 1)
    days.format.line.color.rgb = colour("line-strong")
    values.minimum_scale = 0
    _lay_values(values, pattern)


def _space_days(days: Any, drawn: Drawn) -> None:
    """A few days along the axis, so many months from each other."""
    first, last = drawn.names[0], drawn.names[-1]
    if isinstance(first, str) or isinstance(last, str):
        return
    months = ceil((last - first).days / _MONTH / _MOST_DAYS) or 1
    axis = days._element
    for name in ("c:majorUnit", "c:majorTimeUnit", "c:baseTimeUnit"):
        for old in axis.findall(qn(name)):
            axis.remove(old)
    # In the order that the format wants; what the library writes before these stays before them.
    for name, value in (("baseTimeUnit", "days"), ("majorUnit", str(months)), ("majorTimeUnit", "months")):
        axis.append(parse_xml(f'<c:{name} {nsdecls("c")} val="{value}"/>'))


def _lay_values(values: Any, pattern: str) -> None:
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour("line")
    values.format.line.fill.background()
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = pattern, False
    values.tick_labels.font.size = Pt(_SIZE - 1)


def _from_zero(values: Any, drawn: Drawn) -> None:
    """Bars begin at zero, always."""
    known = [value for strand in drawn.strands for value in strand.values if value is not None]
    if min(known, default=0) >= 0:
        values.minimum_scale = 0
