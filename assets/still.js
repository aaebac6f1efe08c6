// Puts what comes as markup in place, as soon as it is there: see layouts/markup.py.
(() => {
  "use strict";
  const put = (one) => (one.innerHTML = one.dataset.html);

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") put(target);
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.dataset.html !== undefined) put(node);
        else node.querySelectorAll("[data-html]").forEach(put);
      }
    }
  }).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-html"] });
  // Figures that are quick, on a connection that is slow, are there before this script.
  document.querySelectorAll("[data-html]").forEach(put);

  // A link in it is followed without loading the page anew, as Dash's own are; with a key held, as the browser does it.
  document.addEventListener("click", (event) => {
    const way = event.target.closest("a[data-way]");
    if (!way || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({}, "", way.href);
    dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    scrollTo(0, 0);
  });
})();
