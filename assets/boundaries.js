// Plotly would ask its makers' site for the outlines of the world before it draws any map, and would not draw without.
// Our maps have shapes of their own and show none of the world's: it is told that it has the outlines already.
window.PlotlyGeoAssets = { topojson: { world_110m: {} } };
