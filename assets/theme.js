// Light or dark, before the first paint: the reader's choice, else the system's. Linked without defer for that reason.
(() => {
  "use strict";
  const KEY = "jawabdeh-theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is switched off: the system decides
    }
  }

  function apply() {
    const theme = chosen() ?? (system.matches ? "dark" : "light");
    root.dataset.bsTheme = theme;
    root.style.colorScheme = theme; // the stylesheet says it too, but comes later than the first blank page
  }

  function change() {
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    try {
      if (theme === (system.matches ? "dark" : "light")) {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, theme);
      }
    } catch {
      root.dataset.bsTheme = theme; // for this page only
      root.style.colorScheme = theme;
      return;
    }
    apply();
  }

  // What chips will stand for has a line of its own on narrow screens: it is kept free from the first paint on.
  const shown = new Set(["metric", "by", "lang", "sort", "cursor", "limit"]);
  root.toggleAttribute("data-narrowed", [...new URLSearchParams(location.search).keys()].some((name) => !shown.has(name)));

  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply); // another tab has chosen
  addEventListener("beforeprint", () => (root.style.colorScheme = "light"));
  addEventListener("afterprint", apply);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-theme-switch]")) change();
  });
})();
