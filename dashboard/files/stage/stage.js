/* Slides by keys, buttons, remotes and fingers. One file, no library, nothing asked of anybody: it runs from a disk. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const DEEPER = "deeper";
  let slides, at, typed = "", times = 1, desk = null, begun = null, held = 0, touch = null, lock = null,
    forgetting = null;

  /* Where one is: slide n; one level deeper the way down and the page of it. The address keeps it: #5, #5.2.1 */
  const idOf = ({ n, down, page }) => (down === null ? `s${n}` : `s${n}-${down}-${page}`);
  const addressOf = ({ n, down, page }) => (down === null ? `#${n}` : `#${n}.${down}.${page}`);
  const placeOf = (slide) => ({
    n: Number(slide.dataset.n),
    down: slide.dataset.down === undefined ? null : Number(slide.dataset.down),
    page: slide.dataset.page === undefined ? null : Number(slide.dataset.page),
  });
  const found = (place) => document.getElementById(idOf(place));
  const shown = () => found(at);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const title = (slide) => one("h2", slide).textContent;
  const waysOf = (n) => all(`.deeper[data-n="${n}"][data-page="1"]`);

  function read() {
    const [n, down, page] = location.hash.slice(1).split(".").map(Number);
    const deeper = { n, down, page: page || 1 };
    if (Number.isInteger(down) && found(deeper)) return deeper;
    return { n: Number.isInteger(n) && n >= 1 && n <= slides.length ? n : 1, down: null, page: null };
  }

  /* A step along the slides replaces the address, a step down is one that the browser's back button takes back. */
  function go(place, { push = false, focus = true } = {}) {
    if (!found(place)) return;
    at = place;
    try {
      const state = push ? DEEPER : at.down === null ? null : history.state;
      history[push ? "pushState" : "replaceState"](state, "", addressOf(at));
    } catch {
      location.hash = addressOf(at);
    }
    draw();
    if (focus) shown().focus({ preventScroll: true });
  }

  function draw() {
    const slide = shown();
    for (const other of all(".slide.on")) if (other.parentNode === slide.parentNode) other.classList.remove("on");
    slide.classList.add("on");
    window.scrollTo(0, 0);
    const ways = at.down === null ? waysOf(at.n) : [];
    one(".keys .n").textContent = `${at.n} / ${slides.length}`;
    one('.keys [data-do="deeper"]').hidden = ways.length === 0;
    one('.keys [data-do="up"]').hidden = at.down === null;
    one("progress").value = at.n;
    one(".told").textContent = fill(document.body.dataset.slide, { n: at.n, m: slides.length, title: title(slide) });
    say("");
    drawDesk();
  }

  function say(text) {
    one(".toast").textContent = text;
    if (text) setTimeout(() => one(".toast").textContent === text && (one(".toast").textContent = ""), 6000);
  }

  function step(by) {
    if (at.down === null) {
      const n = at.n + by;
      if (n >= 1 && n <= slides.length) go({ n, down: null, page: null });
      return;
    }
    const next = { ...at, page: at.page + by };
    if (found(next)) go(next);
    else up();  // at the end of what is deeper one is back where one was
  }

  function down(way) {
    const place = { n: at.n, down: way, page: 1 };
    if (!at.down && found(place)) go(place, { push: at.down === null });  // the table of a slide leads on as the slide does
  }

  function up() {
    if (at.down === null) return;
    if (history.state !== DEEPER) return go({ n: at.n, down: null, page: null });
    at = { n: at.n, down: null, page: null };  // at once: a second press must not go back once more, out of the talk
    draw();
    shown().focus({ preventScroll: true });
    history.back();
  }

  function deeper(from) {
    const mark = from && from.closest ? from.closest("[data-way]") : null;
    if (mark && !at.down) return down(Number(mark.dataset.way));
    const ways = at.down === null ? waysOf(at.n) : [];
    if (ways.length === 0) return say(document.body.dataset.nothing);
    const left = one(".not-kept", shown());
    if (ways.length === 1 && !left) return down(Number(ways[0].dataset.down));
    listWays(ways, left);
  }

  function listWays(ways, left) {
    const list = one(".ways ul");
    list.replaceChildren(...ways.map((slide) => {
      const item = document.createElement("li"), button = item.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = slide.dataset.name;
      button.dir = "auto";
      button.onclick = () => (closeAll(), down(Number(slide.dataset.down)));
      return item;
    }));
    one(".ways .left").textContent = left ? fill(document.body.dataset.notKept, { names: left.textContent }) : "";
    one("dialog.ways").showModal();
  }

  /* All slides as small pictures; with words, those that hold them, one level deeper too. */
  function overview() {
    const input = one(".overview input");
    input.value = "";
    listSlides("");
    one("dialog.overview").showModal();
    one(".overview .here button")?.focus();
  }

  function listSlides(words) {
    const sought = words.trim().toLocaleLowerCase();
    const from = sought ? all("main .slide") : slides;
    const holds = (slide) => all("h2, .small, .body", slide).some((part) => part.textContent.toLocaleLowerCase().includes(sought));
    const fitting = from.filter((slide) => !sought || holds(slide)).slice(0, 60);
    one(".overview ol").replaceChildren(...fitting.map((slide) => {
      const item = document.createElement("li"), place = placeOf(slide);
      item.classList.toggle("here", place.n === at.n && place.down === at.down);
      item.appendChild(mini(document, slide));
      const button = item.appendChild(document.createElement("button"));
      button.type = "button";
      button.append(Object.assign(document.createElement("b"), { textContent: place.n }), one("h2", slide).textContent);
      button.onclick = () => {
        closeAll();
        go({ n: place.n, down: null, page: null });  // so that up leads to the slide that it belongs to
        if (place.down !== null) go(place, { push: true });
      };
      return item;
    }));
  }

  function mini(page, slide) {
    const box = page.createElement("div");
    box.className = "mini";
    picture(box, slide);
    return box;
  }

  function picture(box, slide) {
    const copy = box.ownerDocument.importNode(slide, true);
    for (const part of [copy, ...all("[id]", copy)]) part.removeAttribute("id");
    for (const part of all(".said, .how, .not-kept", copy)) part.remove();
    copy.inert = true;
    copy.setAttribute("aria-hidden", "true");
    box.replaceChildren(copy);
  }

  function how() {
    const told = one(".how", found({ n: at.n, down: null }));
    if (!told) return at.n === slides.length ? deeper() : say(document.body.dataset.undefined);
    one(".computed dl").replaceChildren(...[...told.children].map((part) => part.cloneNode(true)));
    one("dialog.computed").showModal();
  }

  /* Closes what stands over the slide; whether there was something. */
  function closeAll() {
    const open = all("dialog[open]");
    for (const dialog of open) dialog.close();
    return open.length > 0;
  }

  function menu() {
    one("dialog.menu").showModal();
  }

  /* Blank: whatever is pressed then only brings the slide back. */
  const isBlank = () => !one(".blank").hidden;
  function blank(colour) {
    const box = one(".blank");
    box.className = `blank ${colour}`;
    box.hidden = false;
    one(".told").textContent = document.body.dataset.blank;
  }
  function unblank() {
    one(".blank").hidden = true;
    draw();
  }

  async function full() {
    if (document.fullscreenElement) return document.exitFullscreen();
    try {
      await root.requestFullscreen();
      navigator.keyboard?.lock?.(["Escape"]).catch(() => {});
      lock = await navigator.wakeLock?.request("screen").catch(() => null);
    } catch {
      say(document.body.dataset.noFull);
    }
  }

  function theme() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    if (atDesk()) desk.document.documentElement.dataset.theme = root.dataset.theme;
  }

  function magnify(by) {
    times = Math.min(3, Math.max(1, times * by));
    if (times < 1.05) times = 1;
    root.classList.toggle("magnified", times > 1);
    root.style.setProperty("--times", times);
  }

  /* Whether the speaker's window is there, as it was drawn: it may be closed or loaded anew, and nobody says so. */
  function atDesk() {
    try {
      return Boolean(desk && !desk.closed && one(".desk", desk.document));
    } catch {
      return false;  // loaded anew, from a disk, it is a stranger's
    }
  }

  /* The speaker's window is drawn from here: it has no script and no address of its own, so that it works from a disk. */
  function speaker() {
    if (!atDesk()) desk?.close();
    const open = atDesk() ? desk : window.open("", "_blank", "popup,width=1100,height=760");
    if (!open) return say(document.body.dataset.blocked);
    desk = open;
    const page = desk.document.open();
    page.write("<!DOCTYPE html>");  // else it is laid out as pages were of old, where tables have sizes of their own
    page.close();
    page.head.replaceChildren(...all("style").map((style) => page.importNode(style, true)));
    page.title = document.title;
    page.documentElement.lang = root.lang;
    if (root.dataset.theme) page.documentElement.dataset.theme = root.dataset.theme;
    page.body.replaceChildren(page.importNode(one("template.speaker").content, true));
    page.onkeydown = (event) => {
      if (!isBare(event)) return;
      const closed = closeAll();
      if (closed && event.key === "Escape") return event.preventDefault();
      pressed(event);
    };
    page.onclick = (event) => {
      const timed = event.target.closest("[data-desk]"), button = event.target.closest("[data-do]");
      if (timed) clock[timed.dataset.desk]();
      else if (button) (closeAll(), DEEDS[button.dataset.do]());
    };
    if (begun === null && held === 0) clock.start();
    drawDesk();
    desk.focus();
  }

  const clock = {
    start() { begun ??= Date.now(); tick(); },
    stop() { held = passed(); begun = null; tick(); },
    reset() { held = 0; begun = begun === null ? null : Date.now(); tick(); },
  };
  const passed = () => held + (begun === null ? 0 : Date.now() - begun);
  const two = (number) => String(number).padStart(2, "0");

  function tick() {
    if (!atDesk()) return;
    const now = new Date(), seconds = Math.floor(passed() / 1000);
    one(".clock", desk.document).textContent = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
    one(".elapsed", desk.document).textContent =
      `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  function drawDesk() {
    if (!atDesk()) return;
    const page = desk.document, told = one(".said", found({ n: at.n, down: null }));
    const next = at.down === null ? found({ n: at.n + 1, down: null }) : found({ ...at, page: at.page + 1 }) ?? found({ n: at.n, down: null });
    picture(one(".now .mini", page), shown());
    if (next) picture(one(".then .mini", page), next);
    else one(".then .mini", page).replaceChildren();
    one(".then .title", page).textContent = next ? title(next) : "";
    one(".notes-of .said", page).textContent = told ? told.textContent : "";
    one(".notes-of .none", page).hidden = Boolean(told);
    one(".times .n", page).textContent = one(".keys .n").textContent;
    tick();
  }

  const DEEDS = {
    next: () => step(1), back: () => step(-1),
    first: () => go({ n: 1, down: null, page: null }), last: () => go({ n: slides.length, down: null, page: null }),
    deeper: () => deeper(document.activeElement), up, overview, how, full, speaker, theme, menu,
    black: () => blank("black"), white: () => blank("white"),
    larger: () => magnify(1.25), smaller: () => magnify(0.8), print: () => window.print(),
  };
  const KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next", n: "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back", p: "back",
    Home: "first", End: "last", d: "deeper", u: "up", Escape: "up", o: "overview", h: "how", f: "full", F5: "full",
    s: "speaker", b: "black", ".": "black", w: "white", ",": "white", t: "theme", "+": "larger", "=": "larger",
    "-": "smaller", "?": "menu",
  };

  /* A number that is not sent off is forgotten: Enter is the next slide again. */
  function type(digit) {
    typed = (typed + digit).slice(-4);
    clearTimeout(forgetting);
    forgetting = setTimeout(() => (typed = ""), 4000);
  }

  /* Whether it is a key by itself, and not half of what the browser or the machine is told. */
  const isBare = ({ key, ctrlKey, metaKey, altKey }) =>
    !ctrlKey && !metaKey && !altKey && !["Shift", "Control", "Alt", "Meta"].includes(key);

  function pressed(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!isBare(event) || one("dialog[open]")) return;
    const own = event.target.closest?.("button, a, input, [role=button]");
    if (isBlank()) return event.preventDefault(), unblank();
    if (own && (key === "Enter" || key === " ")) {
      if (own.localName === "g") event.preventDefault(), deeper(own);
      return;
    }
    if (times > 1 && (key === "ArrowUp" || key === "ArrowDown")) return;
    if (/^[0-9]$/.test(key)) return type(key);
    if (key === "Enter" && typed) {
      const n = Number(typed);
      typed = "";
      event.preventDefault();
      return n >= 1 && n <= slides.length ? go({ n, down: null, page: null }) : say(fill(document.body.dataset.noSlide, { n }));
    }
    typed = "";
    const deed = KEYS[key];
    if (!deed) return;
    event.preventDefault();
    if (key === "Escape" && at.down === null) return void (document.fullscreenElement && document.exitFullscreen());
    if (key === "d") return deeper(event.target);
    DEEDS[deed]();
  }

  function clicked(event) {
    const button = event.target.closest("[data-do]"), mark = event.target.closest("[data-way]");
    if (isBlank()) return unblank();
    if (button) {
      if (button.closest("dialog")) closeAll();
      DEEDS[button.dataset.do]();
    } else if (mark && shown().contains(mark)) deeper(mark);
  }

  /* A finger that scrolls a table, chooses in a dialog or brings a blank screen back turns no slide. */
  function touched(event) {
    const inside = (box) => box && (box.localName === "dialog" || scrolls(box) || inside(box.parentElement));
    touch = event.touches.length !== 1 || isBlank() || inside(event.target) ? null : event.touches[0];
  }
  const scrolls = (box) =>
    box.scrollWidth > box.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(box).overflowX);

  function swiped(event) {
    if (!touch || event.changedTouches.length !== 1 || times > 1) return;
    const x = event.changedTouches[0].clientX - touch.clientX, y = event.changedTouches[0].clientY - touch.clientY;
    if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) step(x < 0 ? 1 : -1);
    touch = null;
  }

  document.addEventListener("DOMContentLoaded", () => {
    slides = all("main .slide:not(.deeper)");
    for (const part of all(".keys, progress")) part.hidden = false;
    document.addEventListener("keydown", pressed);
    document.addEventListener("click", clicked);
    document.addEventListener("touchstart", touched, { passive: true });
    document.addEventListener("touchend", swiped);
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || (lock?.release(), (lock = null)));
    one(".overview input").addEventListener("input", (event) => listSlides(event.target.value));
    addEventListener("pagehide", () => desk?.close());
    addEventListener("popstate", () => ((at = read()), draw()));
    addEventListener("hashchange", () => ((at = read()), draw()));
    setInterval(tick, 500);
    go(read(), { focus: false });
  });
})();
