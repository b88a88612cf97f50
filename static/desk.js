// The desk by keyboard: a key presses the button, or follows the link, that names it.
addEventListener("keydown", (event) => {
  if (event.target.matches("input:not([type=checkbox]), textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    const form = event.target.form;
    if (event.key === "Enter" && event.ctrlKey && form) ["s", "c", "p"].some((key) => press(key, form));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const field = document.querySelector("form.record :is(input:not([type=hidden]), textarea, select)");
  if (event.key === "e" && field) {
    event.preventDefault();
    field.focus();
    field.select?.();
  } else if (press(event.key.toLowerCase())) {
    event.preventDefault();
  }
});

function press(key, within = document) {
  const button = within.querySelector(`[data-key=${CSS.escape(key)}]:not([hidden])`);
  button?.click();
  return button;
}
