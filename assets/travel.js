// Through time: steps by a day, the slider, and the days beside the one that is looked at, fetched before they are asked
// for. The address is the only state: what is chosen here is written there, and all else follows it.
(() => {
  "use strict";
  const UPDATE = "_dash-update-component";
  const DRAWS = "page.data-version"; // among the outputs of the callback that draws a page
  const CHARTS = 0, BESIDE = 4; // where its state tells which charts are there, and what stands around maps
  const PAUSE = 600; // ms of quiet before a day is fetched ahead,
  const SHARE = 4; // times as long as that took the server is left alone then,
  const REST = 60000; // and so many ms when it did not answer
  const KEPT = 12; // days held in memory

  const ask = window.fetch.bind(window);
  const ready = new Map(); // what would be asked -> the answer
  let last = null; // what was asked last, as Dash put it
  let way = 1; // where one goes: a day on, or a day back
  let coming = null; // what is being fetched ahead
  let restUntil = 0, pause, choosing;

  const travel = () => document.getElementById("travel");
  const version = () => document.getElementById("page")?.dataset.version;
  const known = () => JSON.parse(travel()?.dataset.days || "null");

  // The address so many days from here, as far as the server has told; undefined beyond that and beyond the data.
  function near(days) {
    const told = known();
    if (!told) return undefined;
    const found = told.searches.indexOf(location.search);
    const at = found >= 0 ? found : told.here === location.search ? told.at : NaN;
    return told.searches[at + days];
  }

  function edges() {
    for (const button of travel()?.querySelectorAll("[data-step]") ?? []) {
      button.setAttribute("aria-disabled", String(near(Number(button.dataset.step)) === undefined));
    }
    const slider = document.getElementById("as-of-slider");
    if (slider) tell(slider);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-step]");
    if (!button) return;
    way = Number(button.dataset.step);
    const search = near(way);
    if (search !== undefined) window.dash_clientside.set_props("address", { search });
    edges();
  });

  // The slider counts days from the first one; what it is let go at is chosen in the calendar.
  function dayAt(slider) {
    const first = Date.parse(known()?.first);
    return Number.isNaN(first) ? null : new Date(first + slider.value * 86400000);
  }

  function tell(slider) {
    const day = dayAt(slider);
    if (!day) return;
    const month = new Intl.DateTimeFormat("en-US", { month: "short", timeZone: "UTC" }).format(day);
    const words = `${day.getUTCDate()} ${month} ${day.getUTCFullYear()}`;
    slider.setAttribute("aria-valuetext", words);
    travel().querySelector(".jd-slid").textContent = words;
  }

  document.addEventListener("input", (event) => event.target.id === "as-of-slider" && tell(event.target));
  document.addEventListener("change", (event) => {
    if (event.target.id !== "as-of-slider") return;
    clearTimeout(choosing);
    choosing = setTimeout(() => {
      const date = dayAt(event.target)?.toISOString().slice(0, 10);
      if (date) window.dash_clientside.set_props("as-of", { date });
    }, 250);
  });

  // Objects say the same whatever the order of their keys.
  function key({ outputs, inputs, state, changedPropIds }) {
    const sorted = (_, value) =>
      value && value.constructor === Object ? Object.fromEntries(Object.entries(value).sort()) : value;
    return JSON.stringify([outputs, inputs, state, changedPropIds], sorted);
  }

  function there(type, property) {
    const ids = [...document.querySelectorAll('#page [id^="{"][id$="}"]')].map((one) => JSON.parse(one.id));
    return ids.filter((id) => id.type === type).map((id) => ({ id, property, ...(property === "id" && { value: id }) }));
  }

  // What Dash will ask when the address becomes this.
  function questionFor(search) {
    const next = structuredClone(last);
    next.changedPropIds = next.parsedChangedPropsIds = ["address.search"];
    next.inputs.find((one) => one.id === "address").value = search;
    next.state[CHARTS] = there("graph", "id");
    next.state[BESIDE] = there("beside", "id");
    next.output.slice(2, -2).split("...").forEach((name, place) => {
      if (name.endsWith('"type":"graph"}.figure')) next.outputs[place] = there("graph", "figure");
      if (name.endsWith('"type":"beside"}.children')) next.outputs[place] = there("beside", "children");
    });
    return next;
  }

  const reply = (text) => new Response(text, { headers: { "Content-Type": "application/json" } });

  window.fetch = (url, options) => {
    if (!String(url).includes(UPDATE) || !String(options?.body).includes(DRAWS)) return ask(url, options);
    last = JSON.parse(options.body);
    const asked = key(last);
    const found = ready.get(asked);
    soon();
    if (found && found.version === version()) return Promise.resolve(reply(found.text));
    if (coming?.asked === asked) return coming.text.then((text) => (text === null ? ask(url, options) : reply(text)));
    coming?.control.abort(); // what somebody waits for goes first
    return ask(url, options);
  };

  function soon() {
    clearTimeout(pause);
    pause = setTimeout(ahead, PAUSE);
  }

  const isBusy = () => document.querySelector("[data-dash-is-loading], [data-state='waiting'], .jd-skeleton");
  const isUnwanted = () => document.hidden || navigator.connection?.saveData || document.getElementById("filter-bar")?.hidden;

  // One day at a time, while nothing else is asked: where one goes first, then where one comes from.
  async function ahead() {
    if (!last || coming || isUnwanted()) return;
    if (isBusy() || Date.now() < restUntil) return soon();
    const days = [way, 2 * way, -way].map(near).filter((search) => search !== undefined);
    const question = days.map(questionFor).find((one) => ready.get(key(one))?.version !== version());
    if (!question) return;
    const control = new AbortController(), began = performance.now(), asked = key(question), held = version();
    const text = ask(`/${UPDATE}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Ahead": "1" },
      body: JSON.stringify(question),
      signal: control.signal,
    }).then((answer) => (answer.status === 200 ? answer.text() : null)).catch(() => null);
    coming = { asked, control, text };
    const found = await text;
    coming = null;
    if (!control.signal.aborted) restUntil = Date.now() + (found === null ? REST : SHARE * (performance.now() - began));
    if (found !== null) ready.set(asked, { text: found, version: held });
    while (ready.size > KEPT) ready.delete(ready.keys().next().value);
    soon();
  }

  new MutationObserver((changes) => {
    if (changes.some((change) => change.attributeName === "data-days")) {
      edges();
      soon();
    }
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-days"] });
})();
