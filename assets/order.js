// A list of a form whose order counts: its items are dragged, or moved by their buttons, without the page being loaded
// anew. Without this script the buttons send the form, which comes back in the new order.
(() => {
  "use strict";
  const list = document.querySelector("[data-order]");
  if (!list) return;
  const said = document.querySelector("[data-order-said]");
  const items = () => [...list.children];

  function number() {
    const all = items();
    for (const [place, item] of all.entries()) {
      item.querySelector("[data-place]").textContent = place + 1;
      for (const button of item.querySelectorAll("button[name=do]")) {
        const deed = button.value.split(" ")[0];
        button.value = `${deed} ${place}`;
        button.disabled = (deed === "up" && place === 0) || (deed === "down" && place === all.length - 1);
      }
    }
  }

  function tell(item) {
    number();
    said.textContent = list.dataset.order
      .replace("{what}", item.dataset.title)
      .replace("{place}", items().indexOf(item) + 1)
      .replace("{all}", items().length);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    const deed = button?.value.split(" ")[0];
    if (deed !== "up" && deed !== "down") return; // what is left out is offered again: the server writes that list
    event.preventDefault();
    const item = button.closest("[data-order] > *");
    if (deed === "up") item.previousElementSibling.before(item);
    else item.nextElementSibling.after(item);
    tell(item);
    // At an end the button can be pressed no more; the other one of the two can.
    (button.disabled ? item.querySelector("button[name=do]:not(:disabled)") : button).focus();
  });

  for (const handle of list.querySelectorAll("[data-handle]")) handle.hidden = false;
  Sortable.create(list, { handle: "[data-handle]", animation: 0, onEnd: (event) => tell(event.item) });
})();
