// Keeps the page at the newest figures: asks /live, and has the panels drawn again only when the data have changed.
// While the server or its database is out of reach, the last good figures stay and the page says of which day they are.
(() => {
  "use strict";
  const EVERY = 1000; // ms between questions,
  const UNSEEN = 10000; // and while nobody sees the page;
  const APART = 2000; // least ms between two redraws, however fast the data change;
  const PATIENCE = 6000; // ms after which an answer is given up,
  const RETRY = 30000; // and after which a panel that failed is asked for again
  const LATER = 300000; // or one whose question took too long
  const BEHIND = 5; // s by which figures may be behind what the database holds before it is said
  const MARKED = 4000; // ms for which a new figure stays marked, as long as its animation in style.css

  let lost = false;
  let behind = 0; // s
  let answered = null; // the address at which server and database were heard of last
  let next = null; // the timer of the next question; null while one is asked
  let asked = null; // the mark of what everything stands on, that the panels were last asked to draw,
  let askedAt = 0; // and when
  let round = 0; // makes two requests for the same version differ
  let before = null; // what stood on the screen when newer figures were asked for

  const page = () => document.getElementById("page");
  const lamp = () => document.getElementById("lamp");
  const here = () => location.pathname + location.search;
  const drawn = () => page()?.dataset.version;

  async function ask() {
    const began = Date.now();
    next = null;
    const control = new AbortController();
    const patience = setTimeout(() => control.abort(), PATIENCE);
    try {
      const reply = await fetch("/live", { signal: control.signal, cache: "no-store" });
      if (reply.status === 401) return leave();
      if (!reply.ok) throw new Error(`/live answered ${reply.status}`);
      heard(await reply.json());
    } catch {
      lose();
    } finally {
      clearTimeout(patience);
      const pause = document.hidden ? UNSEEN : EVERY;
      next = setTimeout(ask, Math.max(0, began + pause - Date.now()));
    }
  }

  function heard(state) {
    const account = document.getElementById("account")?.textContent;
    if (account && state.account && account !== state.account) return location.reload(); // another tab has signed in
    const found = lost;
    lost = false;
    answered = here();
    behind = state.behind ?? 0;
    light();
    const version = state.mark;
    const since = Date.now() - askedAt;
    const due = since > RETRY;
    const failed = due && document.querySelector('[data-state="failed"], [data-state="stale"]');
    const slow = since > LATER && document.querySelector('[data-state="slow"]');
    const newer = drawn() !== undefined && isNewer(version, drawn()) && since >= APART;
    if (found || (newer && (asked !== version || due)) || failed || slow) {
      redraw(version);
    }
  }

  // Of several servers, one may know less for a moment: a page never goes back, unless the database was away meanwhile.
  function isNewer(version, than) {
    const [some, old] = [version, than].map((mark) => mark.split("."));
    if (some[2] !== old[2]) return true; // another database, restored in the place of the one that was there
    return some[0] === old[0] ? Number(some[1]) > Number(old[1]) : Number(some[0]) > Number(old[0]);
  }

  // Who comes back to a page is not shown old figures for longer than who stayed.
  function seen() {
    if (document.hidden || next === null) return;
    clearTimeout(next);
    ask();
  }

  function redraw(version) {
    asked = version;
    askedAt = Date.now();
    before = { figures: figures(), focus: focused(), scrolls: scrolls() };
    for (const chart of document.querySelectorAll("#page .js-plotly-plot")) keepZoom(chart);
    window.dash_clientside?.set_props?.("live", { data: `${version} ${(round += 1)}` });
  }

  function lose() {
    lost = true;
    light();
  }

  function light() {
    const found = lamp();
    if (!found) return;
    const late = !lost && behind >= BEHIND;
    document.documentElement.dataset.connection = lost ? "lost" : late ? "behind" : "live";
    const day = document.querySelector(".jd-day")?.textContent ?? "";
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const words = lost
      ? (day ? found.dataset.lost.replace("{day}", day) : found.dataset.bare)
      : late
        ? found.dataset.behind.replace("{age}", age(behind))
        : found.dataset.live.replace("{time}", time);
    if (found.textContent !== words) found.textContent = words;
    wait(day);
  }

  // Who chooses something meanwhile is told why nothing comes of it yet.
  function wait(day) {
    const found = document.querySelector(".jd-wait");
    if (!found) return;
    const unanswered = lost && day !== "" && answered !== null && answered !== here();
    document.documentElement.toggleAttribute("data-unanswered", unanswered);
    const words = unanswered ? found.dataset.lost.replace("{day}", day) : found.dataset.waits;
    if (found.textContent !== words) found.textContent = words;
  }

  function age(seconds) {
    if (seconds < 120) return `${seconds} s`;
    return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
  }

  function leave() {
    location.assign(`/sign-in?ended=1&next=${encodeURIComponent(here())}`);
  }

  function figures() {
    const found = new Map();
    for (const one of document.querySelectorAll("[data-figure]")) found.set(name(one), one.textContent);
    return found;
  }

  function name(figure) {
    return `${figure.closest("section")?.id} ${figure.dataset.figure}`;
  }

  function focused() {
    const one = document.activeElement;
    const section = one?.closest("#page section");
    const href = one?.getAttribute("href");
    return section && href ? { one, section: section.id, href } : null;
  }

  function scrolls() {
    return [...document.querySelectorAll("#page .jd-scroll")].map((one) => [one.scrollLeft, one.scrollTop]);
  }

  // Dash hands plotly its own copy of what the reader has zoomed to, which plotly then takes for a choice of ours.
  function keepZoom(chart) {
    const { xaxis, uirevision } = chart.layout;
    if (xaxis?.autorange !== false || xaxis.fixedrange !== false) return;
    const range = [...xaxis.range];
    const again = () => {
      chart.removeListener("plotly_afterplot", again);
      const now = chart.layout;
      if (now.uirevision === uirevision && now.xaxis.autorange !== false) Plotly.relayout(chart, { "xaxis.range": range });
    };
    chart.on("plotly_afterplot", again);
    setTimeout(() => chart.removeListener("plotly_afterplot", again), PATIENCE);
  }

  // Tables are made anew by React, so what their reader did in them is done again.
  function restore() {
    if (before === null) return;
    const { focus, scrolls: places } = before;
    const tables = document.querySelectorAll("#page .jd-scroll");
    if (tables.length === places.length) {
      tables.forEach((one, place) => ([one.scrollLeft, one.scrollTop] = places[place]));
    }
    if (focus && !focus.one.isConnected && document.activeElement === document.body) {
      const links = document.getElementById(focus.section)?.querySelectorAll("a[href]") ?? [];
      [...links].find((link) => link.getAttribute("href") === focus.href)?.focus({ preventScroll: true });
    }
    mark(before.figures);
    before = null;
  }

  function mark(old) {
    for (const one of document.querySelectorAll("[data-figure]")) {
      const text = old.get(name(one));
      if (text === undefined || text === one.textContent) continue;
      one.classList.add("jd-new");
      setTimeout(() => one.classList.remove("jd-new"), MARKED);
    }
  }

  new MutationObserver((changes) => {
    if (changes.some((change) => change.attributeName === "data-version")) {
      requestAnimationFrame(() => requestAnimationFrame(restore)); // the figures come with the version, or just after it
    }
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-version"] });

  addEventListener("online", () => light());
  addEventListener("click", () => lost && setTimeout(light, 100)); // when the address has changed
  document.addEventListener("visibilitychange", seen);
  ask();
})();
