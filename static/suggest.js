// Suggestions under a search box while typing; it works without.
for (const input of document.querySelectorAll("input[data-suggestions]")) {
  const list = document.createElement("div");
  Object.assign(list, { id: `${input.id}-suggestions`, className: "suggestions", role: "listbox", ariaLabel: "建议", hidden: true });
  input.form.append(list);
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: false });
  input.setAttribute("aria-controls", list.id);

  let waiting, asked = "", chosen = -1;

  function show(open = false) {
    list.hidden = !open;
    input.ariaExpanded = open;
    if (!open) choose(-1);
  }

  // -1 chooses none: one stays in the box.
  function choose(number) {
    for (const option of list.children) option.ariaSelected = false;
    chosen = number < list.children.length ? number : -1;
    const option = list.children[chosen];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.ariaSelected = true;
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return show(list.children.length > 0);
    asked = typed;
    if (!typed) return show();
    try {
      const answer = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`);
      if (typed !== asked) return;
      if (!answer.ok) throw new Error(answer.status);
      list.innerHTML = await answer.text();
      show(list.children.length > 0 && document.activeElement === input);
    } catch {
      if (typed !== asked) return;
      list.replaceChildren();
      asked = "";
      show();
    }
  }

  for (const typed of ["input", "compositionend"]) input.addEventListener(typed, (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.isComposing) return;
    if (key === "Escape" && !list.hidden) show();
    else if (key === "Enter" && chosen >= 0) list.children[chosen].click();
    else if (!/^Arrow(Down|Up)$/.test(key)) return;
    else if (list.hidden) ask();
    else choose(key === "ArrowDown" ? chosen + 1 : (chosen < 0 ? list.children.length : chosen) - 1);
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(() => { if (!list.contains(document.activeElement)) show(); }, 150));
}
