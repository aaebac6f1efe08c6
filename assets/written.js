// What is chosen in the filter bar goes to the address from here, not as an output of a callback: to Dash the controls
// would then follow from themselves, and it would leave a choice unasked that is made while another is being answered.
window.dash_clientside = Object.assign(window.dash_clientside || {}, {
  bar: {
    write(search) {
      if (typeof search === "string") window.dash_clientside.set_props("address", { search });
    },
  },
});
