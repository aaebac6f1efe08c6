// A click on a tile goes where its link leads without loading the page anew; with a key held, as the browser does it.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const tile = event.target.closest("a.jd-tile[tabindex]");
    if (!tile || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!window.dash_clientside?.set_props) return;
    event.preventDefault();
    window.dash_clientside.set_props("address", { search: new URL(tile.href).search });
  });
})();
