// The frame's manners: menus close as people expect, and the picture of the page goes when the page is there.
(() => {
  "use strict";
  const open = () => document.querySelectorAll("details.jd-menu[open]");

  function close(menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  document.addEventListener("click", (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target)) menu.open = false;
      else if (event.target.closest("a[href]")) close(menu);
    }
    const unfold = event.target.closest(".jd-unfold");
    unfold?.setAttribute("aria-expanded", unfold.getAttribute("aria-expanded") === "false");
  });
  // A row of a ranked table is a mark: a click anywhere in it, on its bar too, is one on its name.
  document.addEventListener("click", (event) => {
    const row = event.target.closest(":is(.jd-ranked, .jd-league) tbody tr");
    if (!row || event.target.closest("a, button, summary, input") || !getSelection().isCollapsed) return;
    row.querySelector(":scope > th a[href]")?.click();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return; // a list inside a menu closes first
    for (const menu of open()) close(menu);
  });

  const waiting = new MutationObserver(() => {
    if (!document.getElementById("page")?.firstElementChild) return;
    document.querySelector(".jd-skeleton")?.remove();
    waiting.disconnect();
  });
  waiting.observe(document.documentElement, { subtree: true, childList: true });
})();
