// Files that are made when they are asked for: how long one has been waited for stands beside its link, and what went
// wrong in place of it. Without this script the links are downloads like any other.
(() => {
  "use strict";
  const box = document.querySelector("[data-fetched]");
  if (!box) return;
  const said = document.querySelector("[data-fetched-said]");
  const fill = (name, value) => box.dataset[name].replace("{value}", value);

  function save(file, reply) {
    const named = /filename="?([^";]+)/.exec(reply.headers.get("Content-Disposition") ?? "");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = named ? named[1] : "";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async function bring(link) {
    const begun = Date.now();
    const tell = () => (said.textContent = fill("making", Math.round((Date.now() - begun) / 1000)));
    tell();
    const waiting = setInterval(tell, 1000);
    link.setAttribute("aria-disabled", "true");
    try {
      const reply = await fetch(link.href, { headers: { Accept: "application/octet-stream, application/json" } });
      if (reply.ok) {
        save(await reply.blob(), reply);
        said.textContent = fill("made", ((Date.now() - begun) / 1000).toFixed(1));
      } else {
        const problem = await reply.json().catch(() => ({}));
        said.textContent = problem.error ?? box.dataset.failed;
      }
    } catch {
      said.textContent = box.dataset.failed;
    } finally {
      clearInterval(waiting);
      link.removeAttribute("aria-disabled");
    }
  }

  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[download]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.getAttribute("aria-disabled") !== "true") bring(link);
  });
})();
