// Plotly would ask its makers' site for the outlines of the world before it draws any map, and would not draw without.
// Our maps have shapes of their own and show none of the world's: it is told that it has the outlines already.
window.PlotlyGeoAssets = { topojson: { world_110m: {} } };

// The shapes of the next level come while one looks at this one, so that a click finds them here.
(() => {
  "use strict";
  const held = window.PlotlyGeoAssets;
  async function fetchShapes(address) {
    held[address] = "pending"; // plotly's own word: it waits for them then, and asks no second time
    try {
      held[address] = await (await fetch(address)).json();
    } catch {
      delete held[address];
    }
  }
  new MutationObserver(() => {
    const address = document.querySelector("[data-next-shapes]")?.dataset.nextShapes;
    if (address && !held[address]) fetchShapes(address);
  }).observe(document.documentElement, { subtree: true, childList: true });
})();
