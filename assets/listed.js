// The table of complaints: its rows follow the address, its headings write it, Enter opens the complaint of a row. Who
// comes back to a list finds it where it was left; newer data come in where one is.
(() => {
  "use strict";
  const ID = { name: "complaints", type: "grid" };
  const PATIENCE = 100; // ms until the table is looked for again, while its script is on the way
  const EVERY = 1000; // ms between two looks whether the table waits for rows,
  const LOST = 60000; // which are given up after so long: longer than the server takes for an answer

  const known = new WeakSet(); // tables that are listened to
  let asked = null; // what the table shows now
  let waits = null; // the block of rows that it waits for, and since when
  let place = null; // where a list shall be shown that is drawn again,
  let left = null; // and where it was left for a complaint

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

  const here = () => location.pathname + location.search;
  const query = (text) => text.slice(text.lastIndexOf(" ") + 1); // what stands before it changes with the data

  function placeOf(table) {
    const height = document.querySelector(".jd-listed .ag-row")?.offsetHeight || 1;
    return { href: here(), row: Math.round(table.getVerticalPixelRange().top / height), y: scrollY };
  }

  function comeBack(table) {
    if (place?.href !== here()) place = null;
    if (place === null || !table.isLastRowIndexKnown()) return;
    const { row, y } = place;
    place = null;
    const last = table.getDisplayedRowCount() - 1;
    if (last >= 0) table.ensureIndexVisible(Math.min(row, last), "top");
    scrollTo(scrollX, y);
  }

  // A question whose answer is lost is never asked again by itself, and no other while the table waits for it.
  function look() {
    const table = document.querySelector(".jd-listed") ? grid() : null;
    const blocks = Object.values(table?.getCacheBlockState() ?? {});
    const block = blocks.find((one) => one.pageStatus !== "loaded")?.blockNumber;
    const gone = document.documentElement.dataset.connection === "lost";
    if (block === undefined) waits = null;
    else if (waits?.block === block) waits.lost ||= gone;
    else waits = { block, since: Date.now(), lost: gone || waits?.lost };
    if (!waits || gone || !(waits.lost || Date.now() - waits.since > LOST)) return;
    waits = null;
    place = placeOf(table);
    window.dash_clientside?.set_props?.(ID, { getRowsResponse: { rowData: [], rowCount: null } });
    setTimeout(() => table.purgeInfiniteCache());
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
    const onlyNewer = changed && query(asked) === query(wanted);
    if (asked === null) place = place ?? history.state?.listed ?? null;
    asked = wanted;
    if (!sorted) {
      const state = [{ colId: sort.replace(/^-/, ""), sort: sort.startsWith("-") ? "desc" : "asc" }];
      table.applyColumnState({ state, defaultState: { sort: null } }); // asks for its rows anew
    } else if (onlyNewer) {
      table.refreshInfiniteCache(); // where one has scrolled to stays
    } else if (changed) {
      if (table.getDisplayedRowCount()) table.ensureIndexVisible(0, "top");
      table.purgeInfiniteCache();
    }
    if (sorted) comeBack(table); // where its rows were there before it was listened to
  }

  function listen(table) {
    if (known.has(table)) return;
    known.add(table);
    table.addEventListener("sortChanged", (event) => {
      if (event.source !== "uiColumnSorted") return;
      window.dash_clientside?.set_props?.({ name: "complaints", type: "sort" }, { data: sortOf(table) });
    });
    table.addEventListener("modelUpdated", () => comeBack(table));
    table.addEventListener("bodyScrollEnd", () => {
      if (place === null) history.replaceState({ ...history.state, listed: placeOf(table) }, "");
    });
  }

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (link?.closest(".jd-listed")) left = placeOf(grid());
      else if (link?.closest(".jd-back") && left?.href === link.getAttribute("href")) place = left;
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const cell = event.key === "Enter" && event.target.closest?.(".jd-listed .ag-cell");
    if (!cell || event.target.closest("a")) return;
    const index = cell.closest(".ag-row")?.getAttribute("row-index");
    document.querySelector(`.jd-listed .ag-row[row-index="${CSS.escape(index)}"] a[href]`)?.click();
  });

  setInterval(look, EVERY);
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
