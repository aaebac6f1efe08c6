// The table of complaints: its rows follow the address, its headings write it, Enter opens the complaint of a row.
(() => {
  "use strict";
  const ID = { name: "complaints", type: "grid" };
  const PATIENCE = 100; // ms until the table is looked for again, while its script is on the way

  const known = new WeakSet(); // tables that are listened to
  let asked = null; // what the table shows now

  function grid() {
    try {
      const found = window.dash_ag_grid.getApi(ID);
      return found.isDestroyed() ? null : found;
    } catch {
      return null; // it is on the way
    }
  }

  // Dash's own link, so that the page is not loaded anew.
  window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
  window.dashAgGridComponentFunctions.ComplaintLink = (props) =>
    props.data
      ? React.createElement(window.dash_core_components.Link, { href: props.data.href, children: props.value })
      : null;

  function sortOf(table) {
    const column = table.getColumnState().find((one) => one.sort);
    return column ? `${column.sort === "desc" ? "-" : ""}${column.colId}` : null;
  }

  function follow() {
    const list = document.querySelector(".jd-listed");
    if (!list) {
      asked = null;
      return;
    }
    const { asked: wanted, sort } = list.dataset;
    if (!sort) return; // the address has not been read yet
    const table = grid();
    if (!table) {
      setTimeout(follow, PATIENCE);
      return;
    }
    listen(table);
    const shown = sortOf(table);
    const sorted = shown === sort || (shown === null && sort === "received_on");
    const changed = asked !== null && asked !== wanted;
    const onlyNewer = changed && asked.split(" ")[1] === wanted.split(" ")[1];
    asked = wanted;
    if (!sorted) {
      const state = [{ colId: sort.replace(/^-/, ""), sort: sort.startsWith("-") ? "desc" : "asc" }];
      table.applyColumnState({ state, defaultState: { sort: null } }); // asks for its rows anew
    } else if (onlyNewer) {
      table.refreshInfiniteCache(); // where one has scrolled to stays
    } else if (changed) {
      table.ensureIndexVisible(0, "top");
      table.purgeInfiniteCache();
    }
  }

  function listen(table) {
    if (known.has(table)) return;
    known.add(table);
    table.addEventListener("sortChanged", (event) => {
      if (event.source !== "uiColumnSorted") return;
      window.dash_clientside?.set_props?.({ name: "complaints", type: "sort" }, { data: sortOf(table) });
    });
  }

  document.addEventListener("keydown", (event) => {
    const cell = event.key === "Enter" && event.target.closest?.(".jd-listed .ag-cell");
    if (!cell || event.target.closest("a")) return;
    const index = cell.closest(".ag-row")?.getAttribute("row-index");
    document.querySelector(`.jd-listed .ag-row[row-index="${CSS.escape(index)}"] a[href]`)?.click();
  });

  new MutationObserver((changes) => {
    const gone = asked !== null && !document.querySelector(".jd-listed");
    if (gone || changes.some((change) => change.type === "attributes")) follow();
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-asked", "data-sort"],
  });
})();
