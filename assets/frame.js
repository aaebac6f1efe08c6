// The frame's manners: menus close as people expect, and the picture of the page goes when the page is there.
(() => {
  "use strict";
  const open = () => document.querySelectorAll("details.jd-menu[open]");

  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  const waiting = new MutationObserver(() => {
    if (!document.getElementById("page")?.firstElementChild) return;
    document.querySelector(".jd-skeleton")?.remove();
    waiting.disconnect();
  });
  waiting.observe(document.documentElement, { subtree: true, childList: true });
})();
