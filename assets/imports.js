// How far an import is, without the page being loaded anew; and a form that says what is too large before it is sent.
(() => {
  "use strict";
  const PAUSE = 1000;
  const HERE = "/admin/imports";
  const box = document.querySelector("[data-work]");

  async function ask() {
    try {
      const reply = await fetch(`${HERE}/progress`, { headers: { Accept: "application/json" } });
      if (reply.status === 401 || reply.status === 403) return location.replace(HERE);
      if (reply.ok) {
        const now = await reply.json();
        // The address, not the page as it came: that may have been the reply to a form.
        if (!now.running || String(now.number) !== box.dataset.work) return location.replace(HERE);
        show(now);
      }
    } catch {
      // The server is busy or gone: asked again.
    }
    setTimeout(ask, PAUSE);
  }

  function show(now) {
    box.querySelector("progress").value = now.share;
    for (const [name, , text] of now.facts) {
      const place = box.querySelector(`[data-fact="${name}"]`);
      if (place.textContent !== text) place.textContent = text;
    }
  }

  const form = document.querySelector("form[data-most]");
  form?.addEventListener("submit", (event) => {
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
    const large = files.reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.most);
    form.querySelector("[data-too-much]").hidden = !large;
    form.querySelector("[data-sending]").hidden = large;
    if (large) event.preventDefault();
  });

  if (box) setTimeout(ask, PAUSE);
})();
